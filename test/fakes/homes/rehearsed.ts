import { checkConfig } from "../../../src/config/check.ts";
import { checkRules } from "../../../src/config/rules/check-rules.ts";
import type { DeviceKind } from "../../../src/core/kind.ts";
import { rehearse } from "../../../src/rehearsal.ts";
import { checkScenario } from "../../../src/scenario/read.ts";
import { VirtualClock } from "../../../src/simulation/virtual-clock.ts";
import { kinds as allKinds } from "../kinds.ts";
import { FakeLog } from "../log.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

/** Runs the devices through a scenario. Lines of the scenario count from 2: it begins with "steps:". */
export async function rehearsed(steps: string, devices: string, kinds: readonly DeviceKind[] = allKinds) {
  const known = { kinds, checkRules, backends: [], environment: {}, hostname: "test" };
  const { config, problems } = checkConfig("devices.yaml", bytes(devices), known);
  if (config === undefined) throw new Error(problems.join("\n"));
  const { devices: all, rules, agent } = config;
  const world = { devices: all, rules: rules.map(({ id }) => id), timeZone: agent.time_zone };
  const checked = checkScenario("scenario.yaml", bytes(steps), world, {});
  if (checked.scenario === undefined) throw new Error(checked.problems.join("\n"));
  const clock = new VirtualClock(checked.scenario.starts ?? new Date("2026-06-21T06:00:00Z"));
  const log = new FakeLog();
  const failures = await rehearse(config, checked.scenario, clock, log);
  const states = (id: string) =>
    log.lines.filter((line) => line.message === "state" && line["device"] === id).map((line) => line["payload"]);
  return { failures, log, clock, states };
}

/** A scenario of these steps, each in a line: `at: 1s, set: {door: ON}`. */
export const steps = (...lines: string[]) => `steps:\n${lines.map((line) => `  - {${line}}\n`).join("")}`;
