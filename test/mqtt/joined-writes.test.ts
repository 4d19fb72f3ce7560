import { Writable } from "node:stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { joinWrites } from "../../src/mqtt/outgoing/joined-writes.ts";
import { runs } from "../property-runs.ts";

/** A stream as a socket is: texts are not made to bytes before they are written. */
function socket() {
  const writes: Buffer[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, encoding, done) {
      writes.push(typeof chunk === "string" ? Buffer.from(chunk, encoding) : chunk);
      done();
    },
    writev(pieces, done) {
      writes.push(...pieces.map(({ chunk }) => Buffer.from(chunk)));
      done();
    },
  });
  joinWrites(stream);
  return { stream, writes };
}

test("what was written while the stream was held back is written in one piece", () => {
  const { stream, writes } = socket();
  stream.cork();
  stream.write(Buffer.from([0x32, 9]));
  stream.write("büro", "utf8");
  stream.write(Buffer.from([0, 1]));
  stream.uncork();
  expect(writes.map((bytes) => bytes.toString("hex"))).toEqual(["320962c3bc726f0001"]);
});

test("no byte is lost, added or moved, and each write is told that it is over", async () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(piece, { minLength: 1 })), async (turns) => {
      const { stream, writes } = socket();
      let ended = 0;
      for (const pieces of turns) {
        stream.cork();
        for (const one of pieces) stream.write(one, "utf8", () => (ended += 1));
        stream.uncork();
      }
      await new Promise<void>((resolve) => stream.end(resolve));
      const all = turns.flat().map((one) => (typeof one === "string" ? Buffer.from(one, "utf8") : one));
      expect(Buffer.concat(writes)).toEqual(Buffer.concat(all));
      expect(ended).toBe(turns.flat().length);
    }),
    { numRuns: runs(50) },
  );
});
