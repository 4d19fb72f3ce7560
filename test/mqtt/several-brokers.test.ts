import { describe, expect, it } from "vitest";
import { freePort } from "../e2e/free-port.ts";
import { FakeClock } from "../fakes/clock.ts";
import { gatedBroker } from "../fakes/gated-broker.ts";
import { connackRefused, isConnect, isSubscribe } from "../fakes/scripted-broker.ts";
import { aWhile, brokerThat, nextPause, until, untilAfterPauses } from "./bus-bench.ts";
import { busTo, servedBySecond } from "./several-bench.ts";

const untilNext = 250;
const aMinute = 60_000;

describe("several brokers", () => {
  it("are tried in their order, one after the other, and the pause grows from round to round", async () => {
    const brokers = [await gatedBroker({ isOpen: false }), await gatedBroker({ isOpen: false })];
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
    const second = await gatedBroker();
    // Asked for when the broker has its own, which could else be the same.
    const nobody = { port: await freePort() };
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
    const { first, second, bus, clock, connected, log } = await servedBySecond();
    for (const times of [2, 3]) {
      expect(await nextPause(clock)).toBe(aMinute);
      await until(() => first.connects.length === times);
    }
    await until(() => clock.pending > 0);
    bus.publish("b", "still here");
    await until(() => second.said.includes("still here"));
    expect([connected(), second.connects.length, log.at("warn").length]).toEqual([1, 1, 1]);
  });

  it("begin with the first again when the one that serves is lost", async () => {
    const { first, second, clock, connected } = await servedBySecond();
    first.isOpen = true;
    second.sockets[0]?.destroy();
    // The timer for looking again is still there until the loss is noticed.
    await until(() => second.sockets[0]?.destroyed === true);
    await aWhile();
    expect(await nextPause(clock)).toBe(600);
    await until(() => connected() === 2);
    expect([first.sockets.length, second.sockets.length]).toEqual([1, 1]);
  });

  it("are each asked in MQTT 3.1.1 before the next one, where one hangs up on MQTT 5", async () => {
    const old = await brokerThat((packet, socket) => {
      if (isConnect(packet) && packet[8] === 5) socket.end();
      else if (isConnect(packet)) socket.write(connackRefused(0));
      if (isSubscribe(packet)) socket.write(Buffer.from([0x90, 3, packet[2] ?? 0, packet[3] ?? 0, 1]));
    });
    const second = await gatedBroker();
    const { clock, connected } = busTo([old, second]);
    await untilAfterPauses(clock, () => connected() === 1);
    expect(old.connects.map(({ protocolVersion }) => protocolVersion)).toEqual([5, 4, 5, 4]);
    expect(second.connects).toEqual([]);
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
    const clocks = chances.map((chance) => {
      const clock = new RememberingClock();
      busTo([nobody], { random: () => chance, clock });
      return clock;
    });
    await until(() => clocks.every(({ asked }) => asked.length > 0));
    const pauses = clocks.map(({ asked }) => asked[0] ?? 0);
    expect(new Set(pauses).size).toBe(chances.length);
    expect(Math.min(...pauses)).toBeLessThan(400);
    expect(Math.max(...pauses)).toBeGreaterThan(700);
  });
});
