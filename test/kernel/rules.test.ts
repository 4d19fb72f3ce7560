import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Level } from "../../src/core/hardware/gpio.ts";
import { type AgentProcess, startAgentProcess } from "./agent-process.ts";
import { persistOutputs, SimulatedChip } from "./gpio-sim.ts";
import { until } from "./guest.ts";

/** Each with the pin of its switch and of its lamp. With two of them no rule fires a hundred times in a minute, for which it would be held. */
const rooms = [
  { name: "hall", wall: 5, lamp: 17 },
  { name: "porch", wall: 6, lamp: 22 },
] as const;
/** A port on which nobody listens: the broker is dead from the first moment on. */
const deadBroker = 1;

/** Both ways of each switch, so many times: 200 edges. */
const rounds = 50;
/** How much longer an edge may take through a rule than this guest takes to wake a program, in 99 of 100 cases. */
const allowedMs = 20;
/** Other programs on this machine can make one series slow, but no series fast. */
const series = 3;

/**
 * Wall switches and lamps that know of each other by rules only. A wall switch is a contact without debouncing, not a button with its
 * event `single`: that event waits on purpose for a second press.
 */
const devices = rooms.map(
  ({ name, wall, lamp }) => `
  ${name}-wall: {kind: contact, topic: home/${name}/wall, pin: ${wall}, debounce: 0ms}
  ${name}-lamp: {kind: relay, topic: home/${name}/lamp, pin: ${lamp}}`,
);
const rules = rooms.flatMap(({ name }) =>
  ["on", "off"].map(
    (word) =>
      `\n  ${name}-${word}: {when: {device: ${name}-wall, state: ${word}}, then: {device: ${name}-lamp, command: ${word}}}`,
  ),
);
const yaml = (backend: string) => `gpio: {backend: ${backend}}\ndevices:${devices.join("")}\nrules:${rules.join("")}\n`;

/** When the line changed last, in milliseconds of the guest's monotonic clock. */
function lastChangeMs(chip: SimulatedChip, line: number): number {
  const last = chip.history(line).at(-1);
  return Number(last?.atNs ?? Number.NaN) / 1e6;
}

/** 99 of 100 are as small as this, or smaller. */
function p99(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.ceil(0.99 * sorted.length) - 1] ?? Number.NaN;
}

describe.each(["gpiochip", "onoff"])("a rule of the built agent, with a dead broker and the backend %s", (backend) => {
  let chip: SimulatedChip;
  let idle: ChildProcess;
  let agent: AgentProcess | undefined;

  beforeEach(async () => {
    persistOutputs(true);
    chip = new SimulatedChip({ label: "pinctrl-bcm2711" });
    for (const { wall } of rooms) chip.drive(wall, 0);
    idle = fork(fileURLToPath(new URL("answer-at-once.mjs", import.meta.url)), { execArgv: [] });
    await wakingMs();
  });
  afterEach(async () => {
    await agent?.kill();
    idle.kill();
    chip.remove();
  });

  /** From a message to the moment when another program has it, which has nothing else to do: no code of the agent takes part. */
  const wakingMs = async () => {
    const sentAtNs = process.hrtime.bigint();
    idle.send("when?");
    const [atNs] = (await once(idle, "message")) as [string];
    return Number(BigInt(atNs) - sentAtNs) / 1e6;
  };

  /** From the edge of the switch to that of the relay, both as the simulator noted them. */
  const ruleMs = async ({ name, wall, lamp }: (typeof rooms)[number], level: Level) => {
    chip.drive(wall, level);
    await until(`the lamp of the ${name}`, () => chip.level(lamp) === level);
    return lastChangeMs(chip, lamp) - lastChangeMs(chip, wall);
  };

  /** An agent of its own, and what 99 of 100 edges took, in milliseconds: to wake a program, and through the rule. */
  const measured = async () => {
    agent = startAgentProcess(yaml(backend), deadBroker);
    const { logged, kill } = agent;
    for (const { name } of rooms)
      for (const device of [`${name}-wall`, `${name}-lamp`])
        await logged(`the state of ${device}`, (line) => line["device"] === device && line.msg === "state");
    // Code that runs for the first time is compiled first. Here that makes a few edges ten times slower.
    const first: number[] = [];
    for (let round = 0; round < 2; round += 1)
      for (const room of rooms) first.push(await ruleMs(room, 1), await ruleMs(room, 0));
    const before = rooms.map(({ lamp }) => chip.changes(lamp));
    const waking: number[] = [];
    const rule: number[] = [];
    for (let round = 0; round < rounds; round += 1)
      for (const room of rooms)
        for (const level of [1, 0] as const) {
          rule.push(await ruleMs(room, level));
          waking.push(await wakingMs());
          // Else each edge would come just after a tick.
          await sleep(Math.random() * 10);
        }
    await kill();
    // Each edge moved its relay once, and nothing else did.
    const moved = rooms.map(({ lamp }, index) => chip.changes(lamp) - (before[index] ?? 0));
    expect(moved).toEqual(rooms.map(() => 2 * rounds));
    expect([rule.length, rule.every((ms) => ms > 0)]).toEqual([4 * rounds, true]);
    return { firstMs: Math.max(...first), wakingMs: p99(waking), ruleMs: p99(rule) };
  };

  it(`moves the relay less than ${allowedMs} ms after an edge, 99 times of 100, besides what this guest takes to wake a program`, async () => {
    const later: number[] = [];
    for (let one = 0; one < series && !later.some((ms) => ms < allowedMs); one += 1) {
      const took = await measured();
      later.push(took.ruleMs - took.wakingMs);
      const [rule, waking, first] = [took.ruleMs, took.wakingMs, took.firstMs].map((ms) => ms.toFixed(1));
      console.log(`${backend}, edge to edge through a rule: p99 ${rule} ms, after a start at most ${first} ms`);
      console.log(`a program is woken in: p99 ${waking} ms`);
    }
    expect(Math.min(...later)).toBeLessThan(allowedMs);
  });
});
