import { describe, expect, it } from "vitest";
import { checked } from "./checked.ts";

const pump = (options: string) => `devices:\n  pump: {kind: relay, topic: pump, pin: 17, ${options}}\n`;

describe("the options about the use of outputs", () => {
  it.each([
    ["show_use: true", { isShown: true, isAskedFor: true }],
    ["power: 4.5", { powerW: 4.5, isShown: true, isAskedFor: false }],
    ["rated_cycles: 100000", { ratedCycles: 100_000, isShown: true, isAskedFor: false }],
    ["rated_cycles: 100000, show_use: false", { ratedCycles: 100_000, isShown: false, isAskedFor: false }],
    ["max_on: 1h", { isShown: false, isAskedFor: false }],
  ])("are taken, and no option of the kind: %s", (options, use) => {
    const { config, problems } = checked(pump(options));
    expect(problems).toEqual([]);
    const [device] = config?.devices ?? [];
    expect(device?.use).toEqual({ powerW: undefined, ratedCycles: undefined, ...use });
    for (const name of ["power", "rated_cycles", "show_use"]) expect(device?.options).not.toHaveProperty(name);
  });

  it.each([
    ["power: 0", "power:"],
    ["power: 60W", "power:"],
    ["rated_cycles: 1e5x", "rated_cycles:"],
    ["rated_cycles: 0.5", "rated_cycles:"],
    ["show_use: perhaps", "show_use:"],
    ["show_us: true", 'show_us: there is no option "show_us" for the kind relay; did you mean "show_use"?'],
    ["show_use: true, home_assistant: {hours: {icon: a}}", 'home_assistant.hours: there is no entity "hours"'],
    ["home_assistant: {energy: {icon: a}}", 'home_assistant.energy: there is no entity "energy"'],
    ["power: 60, home_assistant: {energy: {state_topic: a}}", 'home_assistant.energy.state_topic: "a"'],
  ])("are refused with a sentence where they are wrong: %s", (options, sentence) => {
    const { problems } = checked(pump(options));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^devices\.yaml:2:\d+ /);
    expect(problems[0]).toContain(`devices.pump.${sentence}`);
    expect(problems[0]).not.toMatch(/undefined|NaN|Invalid/);
  });

  it("keep no output from its rest where they are wrong", () => {
    const { config, problems } = checked(pump("power: much, rated_cycles: -1, show_use: x"), { outputsOnly: true });
    expect(problems).toEqual([]);
    expect(config?.devices).toHaveLength(1);
  });

  it("are none of a device without outputs", () => {
    expect(checked("devices:\n  door: {kind: contact, topic: door, pin: 5, show_use: true}\n").problems).toHaveLength(
      1,
    );
  });
});
