import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { limitsOf } from "../../src/mqtt/broker-limits.ts";
import { Outbox } from "../../src/mqtt/outgoing/outbox.ts";
import { Publisher } from "../../src/mqtt/outgoing/publisher.ts";
import { Turn } from "../../src/mqtt/outgoing/turn.ts";
import type { Outgoing } from "../../src/mqtt/outgoing/waiting.ts";
import { settled } from "../fakes/clock.ts";

/** An outbox whose broker acknowledges when a test says so, or at once. */
function bench({ limit = 2, atOnce = false } = {}) {
  const sent: string[] = [];
  const open: (() => void)[] = [];
  const turnEnds: (() => void)[] = [];
  let dropped = 0;
  const outbox = new Outbox({
    limit,
    send: ({ topic, payload }, done) => {
      sent.push(`${topic} ${payload}`);
      if (atOnce) done();
      else open.push(done);
    },
    atEndOfTurn: (task) => turnEnds.push(task),
    onDrop: () => {
      dropped += 1;
    },
  });
  const endTurn = () => {
    for (const task of turnEnds.splice(0)) task();
  };
  return {
    outbox,
    sent,
    endTurn,
    dropped: () => dropped,
    say: (topic: string, payload: string, options: Partial<Outgoing> = {}) =>
      outbox.push({ topic, payload, ...options }),
    /** The broker acknowledges the oldest messages, in one turn. */
    acknowledge: (count = 1) => {
      for (const done of open.splice(0, count)) done();
      endTurn();
    },
    /** All that is left is sent and acknowledged. */
    finish: () => {
      while (open.length > 0) {
        for (const done of open.splice(0)) done();
        endTurn();
      }
    },
  };
}

const topics = (count: number) => Array.from({ length: count }, (_one, index) => `t${index}`);

describe("the outbox", () => {
  it("sends every state, in its order, while nothing waits", () => {
    const { say, sent, acknowledge } = bench();
    for (let count = 0; count < 5; count += 1) {
      say("lamp", count % 2 === 0 ? "ON" : "OFF");
      acknowledge();
    }
    expect(sent).toEqual(["lamp ON", "lamp OFF", "lamp ON", "lamp OFF", "lamp ON"]);
  });

  it("sends the next one as each acknowledgement comes, not when all have come", () => {
    const { say, sent, acknowledge } = bench({ limit: 3 });
    for (const topic of topics(6)) say(topic, "1");
    expect(sent).toHaveLength(3);
    acknowledge();
    expect(sent).toHaveLength(4);
    acknowledge(2);
    expect(sent).toHaveLength(6);
  });

  it("lets a newer state take the place of the one of its topic that waits, before what was said meanwhile on others", () => {
    const { say, sent, finish } = bench();
    for (const [topic, payload] of [
      ["a", "under way"],
      ["b", "under way"],
      ["lamp", "ON"],
      ["door", "OFF"],
      ["lamp", "OFF"],
      ["a", "2"],
      ["lamp", "ON again"],
    ] as const)
      say(topic, payload);
    finish();
    expect(sent).toEqual(["a under way", "b under way", "lamp ON again", "door OFF", "a 2"]);
  });

  it("holds no more states than there are topics, and keeps the last of each", () => {
    const { outbox, say, sent, finish } = bench();
    for (let round = 0; round < 2_000; round += 1) for (const topic of topics(100)) say(topic, String(round));
    expect(outbox.size).toBeLessThanOrEqual(102);
    finish();
    for (const topic of topics(100))
      expect(sent.findLast((each) => each.startsWith(`${topic} `))).toBe(`${topic} 1999`);
    expect(outbox.size).toBe(0);
  });

  it("serves another topic while one is flooded", () => {
    const { say, sent, acknowledge } = bench();
    for (let count = 0; count < 1_000; count += 1) say("flooded", String(count));
    say("lamp", "ON");
    for (let count = 0; count < 3; count += 1) {
      acknowledge();
      say("flooded", "more");
    }
    expect(sent).toContain("lamp ON");
  });

  it("sends a state of another topic at once, however much is under way of those that are flooded", () => {
    const { say, sent } = bench({ limit: 20 });
    for (let count = 0; count < 500; count += 1) {
      say("flooded", String(count));
      say("answers", String(count), { retain: false });
    }
    expect(sent).toHaveLength(15);
    say("lamp", "ON");
    say("door", "OFF");
    expect(sent.slice(15)).toEqual(["lamp ON", "door OFF"]);
    // The next one of the same topic has to keep its order.
    say("lamp", "OFF");
    expect(sent).toHaveLength(17);
  });

  it("lets no state at once overtake what goes in sequence", () => {
    const { say, sent, finish } = bench({ limit: 8 });
    for (let count = 0; count < 50; count += 1) say("flooded", String(count));
    say("discovery", "1", { inSequence: true });
    say("lamp", "ON");
    finish();
    expect(sent.indexOf("lamp ON")).toBeGreaterThan(sent.indexOf("discovery 1"));
  });

  it("leaves all that goes in sequence, and says nothing before it that was said after it", () => {
    const { say, sent, finish } = bench({ limit: 1 });
    say("x", "under way");
    say("lamp", "ON");
    say("discovery", "1", { inSequence: true });
    say("old", "", { inSequence: true });
    say("discovery", "2", { inSequence: true });
    say("lamp", "OFF");
    say("lamp", "ON again");
    finish();
    expect(sent).toEqual(["x under way", "lamp ON", "discovery 1", "old ", "discovery 2", "lamp ON again"]);
  });

  it("leaves every answer, until they occupy a MiB; what comes then is given up and counted", () => {
    const { outbox, say, sent, finish, dropped } = bench();
    const answer = { retain: false, correlation: new Uint8Array(1_000) };
    for (let count = 0; count < 2_000; count += 1) say("answers", String(count), answer);
    say("lamp", "ON");
    expect(outbox.size).toBeLessThan(1_000);
    expect(outbox.size + dropped()).toBe(2_001);
    finish();
    expect(sent.filter((each) => each !== "lamp ON").slice(0, 3)).toEqual(["answers 0", "answers 1", "answers 2"]);
    // A state does not wait behind all of them.
    expect(sent.indexOf("lamp ON")).toBeLessThan(5);
    const before = dropped();
    for (let count = 0; count < 500; count += 1) say("answers", String(count), answer);
    expect(dropped()).toBe(before);
  });

  it("is safe where a message is done at once", async () => {
    const { outbox, say, sent, endTurn } = bench({ atOnce: true });
    for (let count = 0; count < 100_000; count += 1) say("lamp", String(count));
    endTurn();
    expect(sent).toHaveLength(100_000);
    await expect(outbox.empty()).resolves.toBeUndefined();
  });

  it("is empty once the last message is acknowledged", async () => {
    const { outbox, say, finish } = bench({ limit: 1 });
    for (const topic of topics(3)) say(topic, "1");
    let isEmpty = false;
    const emptied = outbox.empty().then(() => {
      isEmpty = true;
    });
    await settled();
    expect(isEmpty).toBe(false);
    finish();
    await emptied;
  });
});

describe("what is said in one turn of the event loop", () => {
  /** A stream that counts its writes, and a turn over it that says something in one of them. */
  function counted() {
    const writes: string[] = [];
    const stream = new Writable({
      write: (chunk, _encoding, done) => {
        writes.push(String(chunk));
        done();
      },
      writev: (chunks, done) => {
        writes.push(chunks.map(({ chunk }) => String(chunk)).join(""));
        done();
      },
    });
    const turn = new Turn(stream);
    const events = { denied: () => {}, tooLarge: () => {}, dropped: () => {} };
    const client = { publish: (_topic: string, payload: string) => stream.write(payload) };
    const publisher = new Publisher(client, turn, 5, limitsOf({}), events);
    const say = (text: string) => publisher.publish({ topic: "a", payload: text });
    return { turn, say, writes };
  }

  it("leaves in one write: from timers, promises and plain calls, with what the end of the turn adds", async () => {
    const { turn, say, writes } = counted();
    await new Promise<void>((resolve) => {
      setTimeout(() => {
        say("a");
        void Promise.resolve().then(() => say("b"));
        process.nextTick(() => say("c"));
        turn.atEnd(() => say("d"));
        resolve();
      });
    });
    await settled();
    expect(writes).toEqual(["acbd"]);
  });

  it("has left before the next one begins", async () => {
    const { say, writes } = counted();
    for (const text of ["a", "b", "c"]) {
      say(text);
      await new Promise(setImmediate);
      expect(writes.at(-1)).toBe(text);
    }
  });
});
