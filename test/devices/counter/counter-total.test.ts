import { describe, expect, it } from "vitest";
import { simulatedBank } from "../../../src/gpio/simulated.ts";
import { writeState } from "../../../src/runtime/machine/state-file.ts";
import { FakeClock } from "../../fakes/clock.ts";
import { startHouse } from "../../fakes/house.ts";
import { queuedEdges } from "../../fakes/pins/queued-edges.ts";
import { FakeStateFile } from "../../fakes/state-file.ts";
import { meter, startMeter } from "./pulsed-meter.ts";

describe("a counter's total", () => {
  it.each([
    ["meter/set", '{"total":1234.5}'],
    ["meter/set", '{"TOTAL":"1234.5"}'],
    ["meter/total/set", "1234.5"],
  ])("is set on %s by %s, and counts on from there", async (topic, payload) => {
    const { bus, pulse, clock, last } = await startMeter(", pulses_per_unit: 1000");
    await pulse(3);
    bus.receive(topic, payload);
    await clock.advance(0);
    expect(last()).toMatchObject({ total: 1234.5, pulses: 1_234_500 });
    await pulse();
    await clock.advance(10_000);
    expect(last()).toMatchObject({ total: 1234.501 });
  });

  it("is answered to whoever asks, once it is on disk", async () => {
    const { bus, clock } = await startMeter("", { stateFile: new FakeStateFile() });
    bus.receive("meter/set", '{"total":12,"id":"a"}');
    await clock.advance(0);
    expect(JSON.parse(bus.on("meter/result")[0] ?? "")).toMatchObject({
      accepted: true,
      id: "a",
      state: { total: 12 },
    });
  });

  it.each([
    ["meter/set", "1234.5"],
    ["meter/set", "{}"],
    ["meter/set", "[5]"],
    ["meter/set", '{"total":-1}'],
    ["meter/set", '{"total":"many"}'],
    ["meter/set", '{"total":null}'],
    ["meter/set", '{"total":true}'],
    ["meter/set", '{"total":{"total":5}}'],
    ["meter/set", '{"total":1e300}'],
    ["meter/set", '{"total":5,"totl":6}'],
    ["meter/set", '{"pulses":5}'],
    ["meter/total/set", "-1"],
    ["meter/total/set", "1,234.5"],
    ["meter/total/set", "NaN"],
    ["meter/total/set", "Infinity"],
    ["meter/total/set", ""],
    ["meter/total/set", "99999999999999999999"],
  ])("is not changed on %s by %s", async (topic, payload) => {
    const { bus, clock, last, said, log } = await startMeter();
    await clock.advance(20_000);
    const before = said().length;
    bus.receive(topic, payload);
    await clock.advance(20_000);
    expect([said().length, last()?.total]).toEqual([before, 0]);
    expect(log.at("warn")).toMatchObject([{ message: "refused a command" }]);
  });

  it("is not changed by a retained command", async () => {
    const { bus, last } = await startMeter();
    bus.receive("meter/total/set", "5", { retained: true });
    expect(last()).toMatchObject({ total: 0 });
  });

  it("outlives a stop to the last pulse, and is said at the start", async () => {
    const stateFile = new FakeStateFile();
    const { agent, pulse } = await startMeter("", { stateFile });
    await pulse(25);
    await agent.stop();
    const { last } = await startMeter("", { stateFile });
    expect(last()).toMatchObject({ pulses: 25 });
  });

  it("is said to the last pulse at the stop, before the counter is offline", async () => {
    const { agent, pulse, bus } = await startMeter("", { stateFile: new FakeStateFile() });
    await pulse(25);
    await agent.stop();
    const said = bus.published.filter(({ topic }) => topic === "meter" || topic === "meter/availability").slice(-2);
    expect(said).toMatchObject([{ payload: expect.stringContaining('"pulses":25') }, { payload: "offline" }]);
  });

  it("goes on from what version 0.4 kept, and is the same then", async () => {
    const stateFile = new FakeStateFile();
    stateFile.current = writeState({ meter: { pulses: 12_345 } });
    const { last } = await startMeter(", pulses_per_unit: 1000", { stateFile });
    expect(last()).toMatchObject({ total: 12.345, pulses: 12_345 });
  });

  it("is changed by other pulses per unit only for what comes after", async () => {
    const stateFile = new FakeStateFile();
    const before = await startMeter(", pulses_per_unit: 10", { stateFile });
    await before.pulse(25);
    await before.agent.stop();
    const { last, pulse, clock, agent } = await startMeter(", pulses_per_unit: 100", { stateFile });
    expect(last()).toMatchObject({ total: 2.5, pulses: 25 });
    await pulse(3);
    await clock.advance(10_000);
    expect(last()).toMatchObject({ total: 2.53, pulses: 28 });
    await agent.stop();
    const back = await startMeter(", pulses_per_unit: 10", { stateFile });
    expect(back.last()).toMatchObject({ total: 2.53, pulses: 28 });
  });

  it("counts 10,000 of 10,000 pulses that are told late and together", async () => {
    const clock = new FakeClock();
    const edges = queuedEdges(clock, 1, true);
    const { bus } = await startHouse(meter(), { clock, bank: edges.bank });
    for (let pulse = 1; pulse <= 10_000; pulse += 1) {
      edges.move(0);
      clock.stall(0.5);
      edges.move(1);
      clock.stall(0.5);
      if (pulse % 400 === 0) edges.tellEdges();
      if (pulse % 1_000 === 0) await clock.advance(0);
    }
    await clock.advance(20_000);
    expect(JSON.parse(bus.retained.get("meter") ?? "")).toMatchObject({ pulses: 10_000 });
  });

  it("is on disk before it is said, so that no crash takes it back", async () => {
    const stateFile = new FakeStateFile();
    let letGo = () => {};
    const { clock, pulse, last, bus } = await startMeter("", { stateFile });
    await clock.advance(60_000);
    stateFile.disk = () => new Promise((resolve) => (letGo = resolve));
    await pulse();
    bus.receive("meter/total/set", "1000");
    await clock.advance(0);
    expect(last()).toMatchObject({ pulses: 0 });
    letGo();
    await clock.advance(0);
    expect(last()).toMatchObject({ pulses: 1 });
    letGo();
    await clock.advance(0);
    expect(last()).toMatchObject({ pulses: 1_000 });
    expect(stateFile.current).toContain('"pulses":1000');
  });

  it("is said all the same where the disk does not take it", async () => {
    const stateFile = new FakeStateFile();
    stateFile.disk = () => Promise.reject(new Error("EROFS: read-only file system"));
    const { clock, pulse, last, log } = await startMeter("", { stateFile });
    await pulse(2);
    await clock.advance(10_000);
    expect(last()).toMatchObject({ pulses: 2 });
    expect(log.at("warn")).toMatchObject([{ message: expect.stringContaining("cannot store values") }]);
  });

  it("costs one writing in ten seconds, however many pulses and meters there are", async () => {
    const stateFile = new FakeStateFile();
    const clock = new FakeClock();
    const pins = simulatedBank(clock);
    const yaml = ["a", "b", "c"].map((id, index) => `  ${id}: {kind: counter, topic: ${id}, pin: ${20 + index}}\n`);
    const { bus } = await startHouse(`devices:\n${yaml.join("")}`, { clock, pins, stateFile });
    for (let second = 0; second < 600; second += 1)
      for (const level of [0, 1] as const) {
        for (const each of [20, 21, 22]) {
          pins.drive(each, level);
          await clock.advance(level === 0 ? 50 : 100);
        }
        await clock.advance(level === 0 ? 150 : 400);
      }
    await clock.advance(10_000);
    for (const id of ["a", "b", "c"]) expect(JSON.parse(bus.retained.get(id) ?? "")).toMatchObject({ pulses: 600 });
    expect(stateFile.writes).toBeLessThanOrEqual(62);
  });
});
