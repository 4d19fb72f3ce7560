import * as z from "zod";
import type { DeviceContext } from "../device.ts";
import { noPreset, presetNames } from "./presets.ts";
import type { RegulatorCommand } from "./regulator-command.ts";
import type { RegulatorOptions } from "./regulator-definition.ts";

/** What somebody has chosen. It outlives restarts and power cuts. */
export interface Wishes {
  readonly mode: string;
  /** Where there are no presets, always the word for none. */
  readonly preset: string;
  /** The target in force: that of the preset, or else the own one. */
  readonly target: number;
  /** Takes a choice. An own target ends a preset. */
  follow(command: RegulatorCommand): void;
}

/** The wishes of one device; `modes` are those that its outputs allow. What its owner no longer allows is forgotten. */
export function keptWishes(
  modes: readonly string[],
  options: RegulatorOptions,
  { keep }: Pick<DeviceContext<unknown>, "keep">,
): Wishes {
  const { presets = {}, min_target: min, max_target: max } = options;
  const names = presetNames(options.presets);
  const mode = keep("mode", z.enum(modes), options.mode);
  const target = keep("target", z.number().min(min).max(max), options.target);
  const preset = names.length > 0 ? keep("preset", z.enum(names), noPreset) : undefined;
  return {
    get mode() {
      return mode.value;
    },
    get preset() {
      return preset?.value ?? noPreset;
    },
    get target() {
      return presets[this.preset] ?? target.value;
    },
    follow(command) {
      const wanted = command.preset ?? (command.target === undefined ? undefined : noPreset);
      // Somebody's choice: a power cut must not take it.
      if (command.mode !== undefined && command.mode !== mode.value) mode.set(command.mode, "now");
      if (command.target !== undefined && command.target !== target.value) target.set(command.target, "now");
      if (wanted !== undefined && wanted !== preset?.value) preset?.set(wanted, "now");
    },
  };
}
