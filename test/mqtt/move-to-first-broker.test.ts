import { describe, expect, it } from "vitest";
import { aWhile, type BenchOptions, nextPause, until } from "./bus-bench.ts";
import { servedBySecond } from "./several-bench.ts";

/** A message as MQTT 5 has it, at QoS 0, on a topic of one letter. */
const message = (topic: string, text: string, { retained = false } = {}) =>
  Buffer.from([retained ? 0x31 : 0x30, 4 + text.length, 0, 1, ...Buffer.from(topic), 0, ...Buffer.from(text)]);

/** The second of two brokers serves, and the first, asked again, lets the bus in but holds its subscriptions until released. */
async function moving(options: BenchOptions = {}) {
  const bench = await servedBySecond(options);
  const { first, clock } = bench;
  Object.assign(first, { isOpen: true, holdsSubscriptions: true });
  await nextPause(clock);
  await until(() => first.connects.length === 2);
  return bench;
}

describe("several brokers", () => {
  it("give way to the first one when it is back; that gets every state, and the other one a DISCONNECT", async () => {
    const { first, second, bus, clock, log } = await servedBySecond();
    first.isOpen = true;
    await nextPause(clock);
    await until(() => second.said.includes("goodbye"));
    bus.publish("b", "now here");
    await until(() => first.said.includes("now here"));
    expect(first.said).toEqual(["state 2", "now here"]);
    expect(second.said).toEqual(["state 1", "goodbye"]);
    expect(log.at("info").at(-1)).toMatchObject({
      broker: `mqtt://127.0.0.1:${first.port}`,
      moved_from: `mqtt://127.0.0.1:${second.port}`,
    });
    expect(clock.pending).toBe(0);
  });

  it("are both heard during the move: what a bridge repeats counts once, what somebody repeats counts twice", async () => {
    const { first, second, messages } = await moving();
    // The old one serves until the new one has acknowledged the subscriptions.
    second.sockets[0]?.write(message("a", "toggle"));
    await until(() => messages.length === 1);
    first.release();
    first.sockets[0]?.write(Buffer.concat(["toggle", "toggle", "toggle", "on"].map((text) => message("a", text))));
    await until(() => messages.includes("on"));
    expect(messages).toEqual(["toggle", "toggle", "toggle", "on"]);
  });

  it("that share their sessions throw the old connection out during the move, which is no trouble", async () => {
    const { first, second, connected, log } = await moving();
    const warnings = log.at("warn").length;
    second.sockets[0]?.end(Buffer.from([0xe0, 2, 142, 0]));
    await aWhile();
    first.release();
    await until(() => connected() === 2);
    await until(() => first.said.length > 0);
    expect(first.said).toEqual(["state 2"]);
    expect(log.at("warn")).toHaveLength(warnings);
  });

  it("are each asked for the kept messages that are wanted, which count even if two of them are the same", async () => {
    const kept = message("k", "last", { retained: true });
    const { first, second, messages } = await moving({ topics: [], kept: ["k"] });
    await until(() => first.subscriptions.length === 1);
    second.sockets[0]?.write(kept);
    await until(() => messages.length === 1);
    first.release();
    first.sockets[0]?.write(kept);
    await until(() => messages.length === 2);
    // Topic "k", with retain handling 0 and QoS 1.
    for (const { subscriptions } of [first, second])
      expect(subscriptions.some((packet) => packet.includes(Buffer.from([0, 1, 0x6b, 0x01])))).toBe(true);
  });

  it("are both left when the agent stops during the move", async () => {
    const { first, second, clock, connected, close } = await moving();
    await close();
    await until(() => second.said.includes("goodbye") && first.closed === 2);
    expect([connected(), clock.pending]).toEqual([1, 0]);
  });
});
