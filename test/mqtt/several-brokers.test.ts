import type { Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { BusListener } from "../../src/core/bus.ts";
import { MqttBus } from "../../src/mqtt/bus.ts";
import { settingsFor } from "../e2e/agent.ts";
import { freePort } from "../e2e/brokers.ts";
import { FakeClock, settled } from "../fakes/clock.ts";
import { FakeLog } from "../fakes/log.ts";
import {
  connack5Refused,
  connackAccepted5,
  connackRefused,
  isConnect,
  isSubscribe,
  scriptedBroker,
  suback5,
} from "../fakes/scripted-broker.ts";

const cleanUp: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const task of cleanUp.splice(0).reverse()) await task();
});

/** Where the tests' brokers are. */
type Port = { readonly port: number };

/** A broker that can be told to let everybody in or nobody, and remembers what it got. */
async function broker({ isOpen = true } = {}) {
  const sockets: Socket[] = [];
  const said: string[] = [];
  const it = {
    isOpen,
    holdsSubscriptions: false,
    sockets,
    said,
    subscriptions: [] as Buffer[],
    closed: 0,
    release: () => {},
  };
  const { port, connects, close } = await scriptedBroker((packet, socket) => {
    if (isConnect(packet)) {
      socket.once("close", () => {
        it.closed += 1;
      });
      socket.write(it.isOpen ? connackAccepted5 : connack5Refused(136));
    } else if (isSubscribe(packet)) {
      it.subscriptions.push(packet);
      const acknowledge = () => {
        sockets.push(socket);
        socket.write(suback5(packet, 1));
      };
      if (it.holdsSubscriptions) it.release = acknowledge;
      else acknowledge();
    } else if (packet[0] === 0xe0) said.push("goodbye");
    else if (packet[0] === 0x33) {
      const [high = 0, low = 0] = packet.subarray(5, 7);
      socket.write(Buffer.from([0x40, 2, high, low]));
      said.push(packet.subarray(8).toString());
    }
  });
  cleanUp.push(close, () => {
    for (const socket of sockets) socket.destroy();
  });
  return Object.assign(it, { port, connects });
}

/** A message to the topic `a`, at QoS 0, as MQTT 5 has it. */
const command = (text: string) => Buffer.from([0x30, 4 + text.length, 0, 1, 0x61, 0, ...Buffer.from(text)]);

function busTo<SomeClock extends FakeClock = FakeClock>(
  brokers: readonly Port[],
  random = () => 0.5,
  clock = new FakeClock() as SomeClock,
  wanted: Pick<BusListener, "topics" | "kept"> = { topics: ["a"] },
) {
  const log = new FakeLog();
  const messages: string[] = [];
  const [first, ...others] = brokers.map(({ port }) => settingsFor(port, "it"));
  if (first === undefined) throw new Error("there is no broker");
  let connected = 0;
  const listener = {
    ...wanted,
    connected: () => {
      connected += 1;
      bus.publish("b", `state ${connected}`);
    },
    message: ({ payload }: { payload: Uint8Array }) => void messages.push(Buffer.from(payload).toString()),
  };
  const bus = new MqttBus({ ...first, fallbacks: others }, listener, { clock, log, random });
  const close = async () => {
    const closed = bus.close();
    await clock.advance(1_000);
    await closed;
  };
  cleanUp.push(close);
  return { bus, clock, log, messages, close, connected: () => connected };
}

/** Waits for the network, while the bus's own clock stands still. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await settled();
}

/** Lets the bus's next timer run, and tells how long that took, to the nearest 25 ms. */
async function nextPause(clock: FakeClock): Promise<number> {
  await until(() => clock.pending > 0);
  const before = clock.monotonicMs();
  while (clock.pending > 0) await clock.advance(25);
  return clock.monotonicMs() - before;
}

const untilNext = 250;
const aMinute = 60_000;

describe("several brokers", () => {
  it("are tried in their order, one after the other, and the pause grows from round to round", async () => {
    const brokers = [await broker({ isOpen: false }), await broker({ isOpen: false })];
    const { clock, log } = busTo(brokers);
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 6; attempt += 1) {
      await until(() => brokers.reduce((sum, { connects }) => sum + connects.length, 0) === attempt);
      expect(brokers.map(({ connects }) => connects.length)).toEqual([Math.ceil(attempt / 2), Math.floor(attempt / 2)]);
      pauses.push(await nextPause(clock));
    }
    expect(pauses).toEqual([untilNext, 500, untilNext, 1_000, untilNext, 2_000]);
    // Once for each.
    expect(log.at("warn")).toMatchObject(
      brokers.map(({ port }) => ({ broker: `mqtt://127.0.0.1:${port}`, reason: "it is unavailable for now" })),
    );
  });

  it("serve in turn: the second while the first does not, and the log says so", async () => {
    const nobody = { port: await freePort() };
    const second = await broker();
    const { clock, connected, log } = busTo([nobody, second]);
    await nextPause(clock);
    await until(() => connected() === 1);
    await until(() => second.said.length > 0);
    expect(second.said).toEqual(["state 1"]);
    expect(log.at("warn")).toMatchObject([{ broker: `mqtt://127.0.0.1:${nobody.port}` }]);
    expect(log.at("info")).toMatchObject([
      { broker: `mqtt://127.0.0.1:${second.port}`, instead_of: `mqtt://127.0.0.1:${nobody.port}` },
    ]);
  });

  it("that come first are looked for every minute, and warned of no second time", async () => {
    const [first, second] = [await broker({ isOpen: false }), await broker()];
    const { clock, connected, log, bus } = busTo([first, second]);
    await nextPause(clock);
    await until(() => connected() === 1);
    for (const times of [2, 3]) {
      expect(await nextPause(clock)).toBe(aMinute);
      await until(() => first.connects.length === times);
    }
    await until(() => clock.pending > 0);
    bus.publish("b", "still here");
    await until(() => second.said.includes("still here"));
    expect([connected(), second.connects.length, log.at("warn").length]).toEqual([1, 1, 1]);
  });

  it("give way to the first when it is back, which hears every state; the other one gets a goodbye", async () => {
    const [first, second] = [await broker({ isOpen: false }), await broker()];
    const { bus, clock, connected, log } = busTo([first, second]);
    await nextPause(clock);
    await until(() => connected() === 1);
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
    const [first, second] = [await broker({ isOpen: false }), await broker()];
    const { clock, connected, messages } = busTo([first, second]);
    await nextPause(clock);
    await until(() => connected() === 1);
    Object.assign(first, { isOpen: true, holdsSubscriptions: true });
    await nextPause(clock);
    await until(() => first.connects.length === 2);
    // The old one serves until the new one has acknowledged the subscriptions.
    second.sockets[0]?.write(command("toggle"));
    await until(() => messages.length === 1);
    first.release();
    first.sockets[0]?.write(Buffer.concat(["toggle", "toggle", "toggle", "on"].map(command)));
    await until(() => messages.includes("on"));
    expect(messages).toEqual(["toggle", "toggle", "toggle", "on"]);
  });

  it("begin with the first again when the one that serves is lost", async () => {
    const [first, second] = [await broker({ isOpen: false }), await broker()];
    const { clock, connected } = busTo([first, second]);
    await nextPause(clock);
    await until(() => connected() === 1);
    first.isOpen = true;
    second.sockets[0]?.destroy();
    // The timer for looking again is still there until the loss is noticed.
    await until(() => second.sockets[0]?.destroyed === true);
    for (let round = 0; round < 20; round += 1) await settled();
    expect(await nextPause(clock)).toBe(500);
    await until(() => connected() === 2);
    expect([first.sockets.length, second.sockets.length]).toEqual([1, 1]);
  });

  it("that share their sessions throw the old connection out during the move, which is no trouble", async () => {
    const [first, second] = [await broker({ isOpen: false }), await broker()];
    const { clock, connected, log } = busTo([first, second]);
    await nextPause(clock);
    await until(() => connected() === 1);
    Object.assign(first, { isOpen: true, holdsSubscriptions: true });
    await nextPause(clock);
    await until(() => first.connects.length === 2);
    const warnings = log.at("warn").length;
    second.sockets[0]?.end(Buffer.from([0xe0, 2, 142, 0]));
    for (let round = 0; round < 20; round += 1) await settled();
    first.release();
    await until(() => connected() === 2);
    await until(() => first.said.length > 0);
    expect(first.said).toEqual(["state 2"]);
    expect(log.at("warn")).toHaveLength(warnings);
  });

  it("are each asked in MQTT 3.1.1 before the next one, where one hangs up on MQTT 5", async () => {
    const old = await scriptedBroker((packet, socket) => {
      if (isConnect(packet) && packet[8] === 5) socket.end();
      else if (isConnect(packet)) socket.write(connackRefused(0));
      if (isSubscribe(packet)) socket.write(Buffer.from([0x90, 3, packet[2] ?? 0, packet[3] ?? 0, 1]));
    });
    cleanUp.push(old.close);
    const second = await broker();
    const { clock, connected } = busTo([old, second]);
    await nextPause(clock);
    await until(() => connected() === 1);
    expect(old.connects.map(({ protocolVersion }) => protocolVersion)).toEqual([5, 4]);
    expect(second.connects).toEqual([]);
  });

  it("are each asked for the kept messages that are wanted, which count even if two of them are the same", async () => {
    const kept = Buffer.from([0x31, 8, 0, 1, 0x6b, 0, ...Buffer.from("last")]);
    const [first, second] = [await broker({ isOpen: false }), await broker()];
    const { clock, connected, messages } = busTo([first, second], () => 0.5, new FakeClock(), {
      topics: [],
      kept: ["k"],
    });
    await nextPause(clock);
    await until(() => connected() === 1);
    Object.assign(first, { isOpen: true, holdsSubscriptions: true });
    await nextPause(clock);
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
    const [first, second] = [await broker({ isOpen: false }), await broker()];
    const { clock, connected, close } = busTo([first, second]);
    await nextPause(clock);
    await until(() => connected() === 1);
    Object.assign(first, { isOpen: true, holdsSubscriptions: true });
    await nextPause(clock);
    await until(() => first.connects.length === 2);
    await close();
    await until(() => second.said.includes("goodbye") && first.closed === 2);
    expect([connected(), clock.pending]).toEqual([1, 0]);
  });
});

/** A clock that remembers what it was asked for. */
class RememberingClock extends FakeClock {
  readonly asked: number[] = [];

  override after(ms: number, task: () => void): () => void {
    this.asked.push(ms);
    return super.after(ms, task);
  }
}

describe("agents that lost their broker together", () => {
  it("come back one by one", async () => {
    const nobody = { port: await freePort() };
    const chances = [0, 0.2, 0.4, 0.6, 0.8, 1];
    const clocks = chances.map((chance) => busTo([nobody], () => chance, new RememberingClock()).clock);
    await until(() => clocks.every(({ asked }) => asked.length > 0));
    const pauses = clocks.map(({ asked }) => asked[0] ?? 0);
    expect(new Set(pauses).size).toBe(chances.length);
    expect(Math.min(...pauses)).toBeLessThan(400);
    expect(Math.max(...pauses)).toBeGreaterThan(700);
  });
});
