import type { Entity } from "../entity.ts";
import type { ExampleDevices } from "../kind.ts";
import type { Measure } from "../measure.ts";
import type { Effect } from "../simulation/pretend.ts";
import type { Direction } from "./demand.ts";

/** An output of a regulator, in the words of its kind. */
export interface OutputWords {
  /** The option that names it, such as `heater`. */
  readonly option: string;
  /** What it does, as a verb: `heats`. */
  readonly does: string;
  /** Home Assistant's word for what happens while it is on: `heating`. */
  readonly action: string;
}

/** A whole kind of regulator: what follows a sensor and switches one output that raises, one that lowers, or both. */
export interface RegulatorDefinition {
  readonly kind: string;
  readonly summary: string;
  /** What people have it for, without a stop. Lists of kinds show it. */
  readonly usedFor: string;
  /** What is measured. Its `device_class` is the quantity that the sensor must have. */
  readonly quantity: Measure & { readonly unit: string; readonly device_class: string };
  readonly outputs: Readonly<Record<Direction, OutputWords>>;
  /** What each mode allows. The first allows nothing, the last allows all. */
  readonly modes: Readonly<Record<string, readonly Direction[]>>;
  /** The defaults of the options of these names, in the unit of the quantity. A target has so many digits after the point. */
  readonly defaults: {
    readonly target: number;
    readonly min_target: number;
    readonly max_target: number;
    readonly hysteresis: number;
    readonly digits: number;
  };
  /** How far its outputs push the measure where the house is simulated, see {@link Effect}. */
  readonly pretend: Pick<Effect, "by" | "inMs">;
  /** Whether there is the option `frost_protection`. */
  readonly hasFrost?: boolean;
  /** Whether the lowest and the highest target must not be the same. */
  readonly needsRange?: boolean;
  readonly example: Readonly<Record<string, unknown>>;
  readonly exampleNeighbours: ExampleDevices;
  /** How Home Assistant shows it, which reads all from the state. `modes` are those that the device's outputs allow. */
  entity(options: RegulatorOptions, modes: readonly string[]): Entity;
}

/** What may be written for a regulator, checked. The options that name its outputs are called as its kind says. */
export interface RegulatorOptions {
  readonly sensor: string;
  readonly target: number;
  readonly min_target: number;
  readonly max_target: number;
  readonly hysteresis: number;
  readonly deadband: number;
  readonly mode: string;
  readonly presets?: Readonly<Record<string, number>> | undefined;
  readonly min_on?: number | undefined;
  readonly min_off?: number | undefined;
  readonly control: "two_point" | "pwm";
  readonly pwm_period?: number | undefined;
  readonly proportional_band?: number | undefined;
  readonly integral_time?: number | undefined;
  readonly window?: string | undefined;
  readonly window_delay?: number | undefined;
  readonly fan?: string | undefined;
  readonly fan_run_on?: number | undefined;
  readonly frost_protection?: number | undefined;
}

/** The outputs that a device has, by what they do. */
export type ChosenOutputs = { readonly [Each in Direction]?: string | undefined };

/** The outputs that the options name. */
export function outputsOf({ outputs }: RegulatorDefinition, options: RegulatorOptions): ChosenOutputs {
  // The names of these options are the kind's own, so TypeScript does not know them.
  const named = options as unknown as Readonly<Record<string, string | undefined>>;
  return { raise: named[outputs.raise.option], lower: named[outputs.lower.option] };
}

/** What each mode does with these outputs. A mode that would do no more than an earlier one is left out. */
export function modesOf(
  { modes }: RegulatorDefinition,
  outputs: ChosenOutputs,
): Readonly<Record<string, readonly Direction[]>> {
  const able = Object.entries(modes).map(
    ([mode, allowed]) => [mode, allowed.filter((direction) => outputs[direction] !== undefined)] as const,
  );
  return Object.fromEntries(
    able.filter(([, does], index) => able.findIndex(([, other]) => String(other) === String(does)) === index),
  );
}
