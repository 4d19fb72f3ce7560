import { writeFileSync } from "node:fs";
import type { Level } from "../../src/core/hardware/gpio.ts";
import { loadModule, readAttribute, unloadModule } from "./guest.ts";

/** The chips that lab/modules/expander_sim.c makes, which the kernel's own drivers serve. */
export type ExpanderPart = "pca9534" | "mcp23017" | "pcf8574";

const folder = "/sys/kernel/debug/expander_sim";

/** Plugs in the port expanders; returns how to take them away, whoever uses them. */
export function plugInExpanders(): () => void {
  loadModule("expander_sim");
  return () => unloadModule("expander_sim");
}

/** The physical level of a line, whoever makes it. */
export function expanderLevel(part: ExpanderPart, line: number): Level {
  return ((Number(readAttribute(`${folder}/${part}/levels`)) >> line) & 1) === 1 ? 1 : 0;
}

/** Whether the chip answers on its bus. */
export function setAnswers(part: ExpanderPart, answers: boolean): void {
  writeFileSync(`${folder}/${part}/gone`, answers ? "N" : "Y");
}

/** Wires a line to its supply or to ground. */
export function driveExpander(part: ExpanderPart, line: number, level: Level): void {
  const wires = Number(readAttribute(`${folder}/${part}/wires`));
  const next = level === 1 ? wires | (1 << line) : wires & ~(1 << line);
  writeFileSync(`${folder}/${part}/wires`, `0x${next.toString(16)}`);
}
