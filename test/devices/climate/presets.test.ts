import { describe, expect, it } from "vitest";
import { settled } from "../../fakes/clock.ts";
import { heating } from "../../fakes/homes/warm-house.ts";
import { FakeStateFile } from "../../fakes/state-file.ts";

const thermostat = "heater: heater, mode: heat, presets: {away: 16, night: 18, comfort: 21.5}";

describe("a thermostat's presets", () => {
  it("have targets of their own; none is the own target again", async () => {
    const { bus, on, state } = await heating({ thermostat });
    expect([on(), state()]).toMatchObject(["heater", { preset: "none", target: 20 }]);
    bus.receive("it/preset/set", "away");
    expect([on(), state()]).toMatchObject(["nothing", { preset: "away", target: 16, action: "idle" }]);
    bus.receive("it/set", '{"preset":"Comfort"}');
    expect([on(), state()]).toMatchObject(["heater", { preset: "comfort", target: 21.5, action: "heating" }]);
    bus.receive("it/preset/set", "none");
    expect(state()).toMatchObject({ preset: "none", target: 20 });
  });

  it.each(["16", "20", "22"])("end when somebody chooses the target %s", async (target) => {
    const { bus, state } = await heating({ thermostat });
    bus.receive("it/preset/set", "away");
    bus.receive("it/target/set", target);
    expect(state()).toMatchObject({ preset: "none", target: Number(target) });
  });

  it("do not end with another mode", async () => {
    const { bus, state } = await heating({ thermostat });
    bus.receive("it", '{"preset":"night","mode":"off"}');
    bus.receive("it", "heat");
    expect(state()).toMatchObject({ mode: "heat", preset: "night", target: 18 });
  });

  it("are kept over a power cut that comes at once, and the own target with them", async () => {
    const stateFile = new FakeStateFile();
    const { bus } = await heating({ thermostat, stateFile });
    bus.receive("it", '{"target":19.5}');
    bus.receive("it", '{"preset":"away"}');
    await settled();
    const next = await heating({ thermostat, stateFile });
    expect([next.on(), next.state()]).toMatchObject(["nothing", { preset: "away", target: 16 }]);
    next.bus.receive("it/preset/set", "none");
    expect(next.state()).toMatchObject({ preset: "none", target: 19.5 });
  });

  it("that are no longer in devices.yaml are forgotten", async () => {
    const stateFile = new FakeStateFile();
    const { bus } = await heating({ thermostat, stateFile });
    bus.receive("it/preset/set", "away");
    await settled();
    const { state } = await heating({ thermostat: thermostat.replace("away: 16, ", ""), stateFile });
    expect(state()).toMatchObject({ preset: "none", target: 20 });
  });

  it.each([
    ["it/preset/set", "warm", "preset is one of none, away, night, comfort"],
    ["it/set", '{"preset":21}', "preset is one of none, away, night, comfort"],
    [
      "it/set",
      '{"preset":"away","target":21}',
      "the preset away has a target of its own; say preset or target, not both",
    ],
  ])("on %s do not understand %s", async (topic, payload, reason) => {
    const { bus, state, log } = await heating({ thermostat });
    const before = state();
    bus.receive(topic, payload);
    expect(log.at("warn")).toMatchObject([{ reason }]);
    expect(state()).toEqual(before);
  });

  it("may be left together with a new target", async () => {
    const { bus, state } = await heating({ thermostat });
    bus.receive("it", '{"preset":"away"}');
    bus.receive("it", '{"preset":"none","target":21}');
    expect(state()).toMatchObject({ preset: "none", target: 21 });
  });

  it("are no command where there are none, and not in the state", async () => {
    const { bus, state, log } = await heating();
    bus.receive("it/preset/set", "away");
    expect(log.at("warn")).toMatchObject([
      { reason: 'there is no "preset" in a command to a thermostat; say {"mode":"off"} or {"target":21}' },
    ]);
    expect(Object.keys(state())).toEqual(["mode", "action", "target", "current", "sensor"]);
  });
});
