import { describe, expect, it } from "vitest";
import { writeState } from "../../../src/runtime/machine/state-file.ts";
import { FakeStateFile } from "../../fakes/state-file.ts";
import { minute, relay, saved, start, stop, use } from "./use-bench.ts";

describe("what is kept of the use", () => {
  it("goes on after a stop, and the time between does not count", async () => {
    const stateFile = new FakeStateFile();
    const first = await start(relay("show_use: true"), { stateFile });
    first.bus.receive("pump", "on");
    await first.clock.advance(54 * minute);
    await stop(first);
    expect(use(first)).toMatchObject({ switchings: 1, hours_on: 0.9, last_by: "on_exit" });
    const second = await start(relay("show_use: true"), { stateFile, clock: first.clock });
    expect(use(second)).toMatchObject({ switchings: 1, hours_on: 0.9, last_by: "on_exit" });
    await first.clock.advance(600 * minute);
    second.bus.receive("pump", "on");
    await first.clock.advance(30 * minute);
    await stop(second);
    expect(use(second)).toMatchObject({ switchings: 2, hours_on: 1.4 });
  });

  it("counts an output that goes on at the start, and not one that was left on", async () => {
    const stateFile = new FakeStateFile();
    const on = await start(relay("show_use: true, initial: on"), { stateFile });
    await stop(on);
    expect(use(on)).toMatchObject({ switchings: 1 });
    const kept = relay("show_use: true, initial: keep, on_exit: keep");
    const first = await start(kept, { stateFile });
    first.bus.receive("pump", "on");
    await stop(first);
    expect(use(first)).toMatchObject({ switchings: 2, last_by: "mqtt" });
    const second = await start(kept, { stateFile, pins: first.pins });
    await second.clock.advance(36 * minute);
    await stop(second);
    expect(use(second)).toMatchObject({ switchings: 2, hours_on: 0.6, last_by: "mqtt" });
  });

  it("is written once in a quarter of an hour, however often the output is switched", async () => {
    const stateFile = new FakeStateFile();
    const { bus, clock } = await start(relay("rated_cycles: 1000000"), { stateFile });
    const before = stateFile.writes;
    for (let times = 0; times < 3_600; times += 1) {
      bus.receive("pump", "toggle");
      await clock.advance(1_000);
    }
    expect(stateFile.writes - before).toBeGreaterThanOrEqual(3);
    // A change during a write is followed by another write.
    expect(stateFile.writes - before).toBeLessThanOrEqual(8);
  });

  it("is not written while nothing is on and nothing changes", async () => {
    const stateFile = new FakeStateFile();
    const { clock } = await start(relay("rated_cycles: 1000000"), { stateFile });
    await clock.advance(24 * 60 * minute);
    expect(stateFile.writes).toBe(0);
  });

  it("does not follow the time of day", async () => {
    const house = await start(relay("show_use: true"));
    house.bus.receive("pump", "on");
    await house.clock.advance(36 * minute);
    house.clock.setTime(new Date(Date.UTC(2030, 0, 1)));
    house.bus.receive("pump", "off");
    house.clock.setTime(new Date(Date.UTC(2026, 0, 2)));
    await house.clock.advance(saved);
    expect(use(house)).toMatchObject({ switchings: 1, hours_on: 0.6 });
  });

  it("begins anew where the file has nonsense, with a warning", async () => {
    const stateFile = new FakeStateFile();
    const first = await start(relay("show_use: true"), { stateFile });
    first.bus.receive("pump", "on");
    await stop(first);
    const { devices } = JSON.parse(stateFile.current ?? "");
    devices.pump.use.on_s = -5;
    stateFile.current = writeState(devices);
    const second = await start(relay("show_use: true"), { stateFile });
    expect(use(second)).toMatchObject({ switchings: 0, hours_on: 0 });
    expect(second.log.at("warn")).toMatchObject([{ device: "pump", name: "use" }]);
  });
});
