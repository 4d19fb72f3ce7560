import { readFileSync } from "node:fs";
import { expect } from "vitest";
import type { SimulatedChip } from "../kernel/gpio-sim.ts";
import { until } from "../kernel/guest.ts";
import { wall } from "./board.ts";
import { journal, property } from "./service.ts";

const lamp = 17;

/** Nobody listens on this port. The contact stands for a wall switch; a button would wait for a second press before it says `single`. */
export const ruledSettings = `
agent: {id: test}
broker: {url: "mqtt://127.0.0.1:1"}
devices:
  wall: {kind: contact, topic: home/wall, pin: ${wall}}
  lamp: {kind: relay, topic: home/lamp, pin: ${lamp}}
rules:
  wall-on: {when: {device: wall, state: ON}, then: {device: lamp, command: on}}
  wall-off: {when: {device: wall, state: OFF}, then: {device: lamp, command: off}}
`;

/** What the first boot leaves on the disk for the second: which boot it was. */
export const firstBootFile = "/root/first-boot";
export const bootId = () => readFileSync("/proc/sys/kernel/random/boot_id", "utf8");

/** Moves the wall switch to and fro: the lamp, which is off, goes on and off again, and the journal says that a rule did it. */
export async function lampFollowsTheWall(chip: SimulatedChip): Promise<void> {
  // The state that the switch has at the start sets nothing off.
  await until("both devices", () => property("StatusText") === "2 of 2 devices online");
  const fired = () => journal().filter((line) => line.includes('"rule fired"')).length;
  const before = fired();
  const moves = chip.changes(lamp);
  for (const level of [1, 0] as const) {
    chip.drive(wall, level);
    await until("the lamp", () => chip.level(lamp) === level, 10_000);
  }
  expect(chip.changes(lamp)).toBe(moves + 2);
  await until("the rule in the journal", () => fired() === before + 2, 10_000);
}

export const lampOf = (chip: SimulatedChip) => chip.level(lamp);
