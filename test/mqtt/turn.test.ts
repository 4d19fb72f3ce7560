import { Writable } from "node:stream";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Turn } from "../../src/mqtt/outgoing/turn.ts";
import { runs } from "../property-runs.ts";

/** A stream that counts its writes and keeps their bytes, with a turn over it. */
function gathered() {
  const writes: Buffer[] = [];
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      writes.push(Buffer.from(chunk));
      done();
    },
  });
  return { stream, writes, turn: new Turn(stream) };
}

const endOfTurn = () => new Promise(setImmediate);

/** Fields as mqtt.js writes them: bytes, and texts in any script, from nothing to more than is gathered. */
const field = fc.oneof(
  fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.integer({ min: 15_000, max: 20_000 }).map((size) => Buffer.alloc(size, 7)),
  fc.integer({ min: 4_000, max: 9_000 }).map((size) => "ä€".repeat(size)),
);

describe("what is gathered in a turn", () => {
  it("is the same bytes in the same order, whatever their size and script", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(field, { maxLength: 12 }), { maxLength: 4 }), async (turns) => {
        const { stream, writes } = gathered();
        for (const fields of turns) {
          for (const one of fields) stream.write(one);
          await endOfTurn();
        }
        const expected = Buffer.concat(turns.flat().map((one) => Buffer.from(one)));
        expect(Buffer.concat(writes).equals(expected)).toBe(true);
      }),
      { numRuns: runs(60) },
    );
  });

  it("stays as it is while the next turn is gathered", async () => {
    const kept: Uint8Array[] = [];
    const stream = new Writable({ write: (chunk) => void kept.push(chunk) });
    new Turn(stream);
    stream.write("first");
    await endOfTurn();
    stream.write("other");
    await endOfTurn();
    expect(kept.map(String)).toEqual(["first"]);
  });

  it("is written as soon as all packets are handled that were received together", async () => {
    const { stream, writes, turn } = gathered();
    await new Promise<void>((resolve) => {
      setImmediate(() => {
        turn.received();
        stream.write("1");
        process.nextTick(() => {
          stream.write("2");
          process.nextTick(() => {
            stream.write("3");
            turn.atEnd(() => stream.write("4"));
          });
        });
        setImmediate(() => stream.write("later"));
        setTimeout(resolve);
      });
    });
    await endOfTurn();
    expect(writes.map(String)).toEqual(["1234", "later"]);
  });

  it("is written before the stream ends", async () => {
    const { stream, writes } = gathered();
    stream.write("goodbye");
    await new Promise<void>((resolve) => {
      stream.end(resolve);
    });
    expect(writes.map(String)).toEqual(["goodbye"]);
  });

  it("tells a writer to wait while the stream takes no more", async () => {
    const stream = new Writable({ highWaterMark: 10, write: () => {} });
    new Turn(stream);
    expect(stream.write("more than ten bytes")).toBe(true);
    await endOfTurn();
    expect(stream.write("more")).toBe(false);
  });

  it("comes after what was written before the gathering began", async () => {
    const writes: string[] = [];
    const stream = new Writable({
      write: (chunk, _encoding, done) => {
        writes.push(String(chunk));
        done();
      },
    });
    stream.cork();
    stream.write("connect ");
    process.nextTick(() => stream.uncork());
    new Turn(stream);
    stream.write("subscribe");
    await endOfTurn();
    expect(writes.join("")).toBe("connect subscribe");
  });
});
