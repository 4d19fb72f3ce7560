import { describe, expect, it } from "vitest";
import { settled } from "../../fakes/clock.ts";
import { warmHouse } from "../../fakes/homes/warm-house.ts";
import { FakeStateFile } from "../../fakes/state-file.ts";

describe("a thermostat's commands", () => {
  const both = "heater: heater, cooler: cooler";
  it.each<[string, string, string, Record<string, unknown>]>([
    [both, "it/set", '{"mode":"heat"}', { mode: "heat" }],
    [both, "it/set", '{"mode":"COOL","target":"21.5"}', { mode: "cool", target: 21.5 }],
    [both, "it", '{"target":18}', { target: 18 }],
    [both, "it", " Heat_Cool ", { mode: "heat_cool" }],
    [both, "it", "cool", { mode: "cool" }],
    [both, "it", "on", { mode: "heat_cool" }],
    [both, "it", "auto", { mode: "heat_cool" }],
    ["heater: heater", "it", "ON", { mode: "heat" }],
    ["cooler: cooler", "it", "on", { mode: "cool" }],
    ["heater: heater, mode: heat", "it", "off", { mode: "off" }],
    [both, "it/mode/set", "heat", { mode: "heat" }],
    [both, "it/mode/set", '"off"', { mode: "off" }],
    [both, "it/target/set", "21.5", { target: 21.5 }],
    [both, "it/target/set", "21.26", { target: 21.3 }],
    [both, "it/target/set", "5", { target: 5 }],
    [`${both}, min_target: -30`, "it/target/set", "-18.0", { target: -18 }],
    [`${both}, min_target: -30`, "it/set", '{"target":-18}', { target: -18 }],
  ])("with %s on %s may be %s", async (thermostat, topic, payload, wanted) => {
    const { bus, state, log } = await warmHouse({ thermostat });
    bus.receive(topic, payload);
    expect(state()).toMatchObject(wanted);
    expect(log.at("warn")).toEqual([]);
  });

  it.each([
    [both, "it", "warm", "say off, heat, cool, heat_cool, or on for heat_cool"],
    ["heater: heater", "it", "cool", "say off, heat, or on for heat"],
    ["heater: heater", "it", "heat_cool", "say off, heat, or on for heat"],
    [both, "it", "21", "say off, heat, cool, heat_cool, or on for heat_cool"],
    [both, "it/set", "{}", 'say {"mode":"off"} or {"target":21}'],
    [both, "it/set", '{"mode":null}', "say off, heat, cool, heat_cool, or on for heat_cool"],
    [both, "it/set", '{"target":"warm"}', "target is a number in °C, such as 21.5"],
    [both, "it/set", '{"target":true}', "target is a number in °C, such as 21.5"],
    [both, "it/set", '{"target":1e999}', "target is from 5 to 30 °C"],
    [both, "it/target/set", "30.1", "target is from 5 to 30 °C"],
    [both, "it/target/set", "-5", "target is from 5 to 30 °C"],
    [both, "it/target/set", "2e1", "target is a number in °C, such as 21.5"],
    [both, "it/mode/set", "dry", "say off, heat, cool, heat_cool, or on for heat_cool"],
    [
      both,
      "it/set",
      '{"temperature":21}',
      'there is no "temperature" in a command to a thermostat; say {"mode":"off"} or {"target":21}',
    ],
    [
      both,
      "it/set",
      '{"mode":"dry","target":99}',
      "say off, heat, cool, heat_cool, or on for heat_cool; target is from 5 to 30 °C",
    ],
  ])("with %s on %s are refused: %s", async (thermostat, topic, payload, reason) => {
    const { bus, state, log } = await warmHouse({ thermostat });
    const before = state();
    bus.receive(topic, payload);
    expect(log.at("warn")).toMatchObject([{ reason }]);
    expect(state()).toEqual(before);
  });

  it.each([
    ["it/mode/set", "heat", { mode: "heat", target: 23 }],
    ["it/target/set", "25", { mode: "off", target: 25 }],
  ])("on %s are kept over a power cut that comes at once", async (topic, payload, kept) => {
    const stateFile = new FakeStateFile();
    const first = await warmHouse({ stateFile, thermostat: "heater: heater, target: 23" });
    first.bus.receive(topic, payload);
    await settled();
    const { clock, on, state } = await warmHouse({ stateFile, thermostat: "heater: heater, target: 23", first: 19 });
    await clock.advance(1_000);
    expect([on(), state()]).toMatchObject([kept.mode === "heat" ? "heater" : "nothing", kept]);
  });

  it("that its owner no longer allows are forgotten", async () => {
    const stateFile = new FakeStateFile();
    const first = await warmHouse({ stateFile });
    first.bus.receive("it", '{"mode":"cool","target":29}');
    await settled();
    const thermostat = "heater: heater, mode: heat, max_target: 25, target: 18";
    const { state, log } = await warmHouse({ stateFile, thermostat });
    expect(state()).toMatchObject({ mode: "heat", target: 18 });
    expect(log.at("warn").map(({ name }) => name)).toEqual(["mode", "target"]);
  });
});
