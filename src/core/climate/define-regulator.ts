import * as z from "zod";
import { type DeviceKind, defineDevice } from "../kind.ts";
import { onOff } from "../switching.ts";
import { sensorStates } from "./reading-news.ts";
import { regulatorCommand } from "./regulator-command.ts";
import { regulatorConflicts } from "./regulator-conflicts.ts";
import { modesOf, outputsOf, type RegulatorDefinition, type RegulatorOptions } from "./regulator-definition.ts";
import { regulatorOptions } from "./regulator-options.ts";
import { type RegulatorState, startRegulator } from "./start-regulator.ts";

/**
 * Makes a device kind of a regulator. It adds the options, the state, the commands and the work. The kind's file has its words, its defaults
 * and its entity in Home Assistant.
 */
export function defineRegulator(definition: RegulatorDefinition): DeviceKind {
  const { kind, summary, usedFor, quantity, outputs, modes, hasFrost, example, exampleNeighbours, entity } = definition;
  const { raise, lower } = outputs;
  const { by, inMs } = definition.pretend;
  const value = z.number().min(quantity.range[0]).max(quantity.range[1]);
  const whole = z.strictObject({
    mode: z.enum(Object.keys(modes)),
    action: z.enum([raise.action, lower.action, "idle", "off"]),
    target: value,
    current: z.number().nullable(),
    sensor: z.enum(sensorStates),
    preset: z.string().optional(),
    paused: z.enum(["window"]).nullable().optional(),
    frost_protection: onOff.optional(),
    waits_for: z.enum(["min_on", "min_off"]).nullable().optional(),
    duty: z.int().min(0).max(100).optional(),
  });
  const state: z.ZodType<RegulatorState> = hasFrost ? whole : whole.omit({ frost_protection: true });
  // Which options there are, only the definition knows: TypeScript does not.
  const typed = (options: Readonly<Record<string, unknown>>) => options as unknown as RegulatorOptions;
  return defineDevice({
    kind,
    summary,
    usedFor,
    group: "control",
    options: regulatorOptions(definition),
    example,
    exampleNeighbours,
    conflicts: (options) => regulatorConflicts(definition, typed(options)),
    state,
    measures: { current: quantity },
    pretend: {
      effects: [
        { output: raise.option, measure: "sensor", by, inMs },
        { output: lower.option, measure: "sensor", by: -by, inMs },
      ],
    },
    entities: (options) => [
      entity(typed(options), Object.keys(modesOf(definition, outputsOf(definition, typed(options))))),
    ],
    command: (options) => regulatorCommand(definition, typed(options)),
    setters: ["mode", "target", "preset"],
    setup: (options, context) => startRegulator(definition, typed(options), context),
  });
}
