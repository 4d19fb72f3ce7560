import * as z from "zod";
import type { OptionsOf } from "../kind.ts";
import { type Measure, stateClasses } from "../measure.ts";
import { deviceClasses, plainUnit, unitsOf, usualStateClass } from "./device-classes.ts";

/** What a user says of a measure that no kind knows. The kind that takes it adds where the value is found. */
export const freeMeasureOptions = {
  name: z.string().min(1).max(60).optional().describe("What people call it. Default: the words of its key."),
  unit: z
    .string()
    .min(1)
    .max(20)
    .optional()
    .describe("Its unit, as Home Assistant writes it. Default: the only one that its device class has, or none."),
  device_class: z
    .enum(deviceClasses, {
      error: "is no device class of a number; www.home-assistant.io/integrations/sensor lists them all",
    })
    .optional()
    .describe("What is measured, in Home Assistant's words, whose page of sensors says which units each may have."),
  state_class: z
    .enum(stateClasses)
    .optional()
    .describe(
      "How it behaves over time: a meter is total_increasing. Default: that for a meter, measurement_angle for wind_direction, else measurement.",
    ),
  digits: z.int().min(0).max(6).optional().describe("How many digits after the point are published. Default: 2."),
  range: z
    .tuple([z.number(), z.number()], {
      error: "is not a range; write the lowest and the highest value as in [-40, 85]",
    })
    .refine(([low, high]) => low < high, { error: "is no range; write the lower value first, as in [-40, 85]" })
    .optional()
    .describe(
      "The lowest and the highest value that can be right, as in [-40, 85]; what is outside is published as null.",
    ),
};

/** What was chosen of {@link freeMeasureOptions}. */
export type FreeMeasure = OptionsOf<typeof freeMeasureOptions>;

/** The name of a measure: a key of the JSON that is published, and a part of unique ids. */
const measureKey = z
  .string()
  .refine((name) => name !== "ts", { error: "is the time of the reading; give the measure another name" })
  .regex(/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/, {
    error: 'is no name for a measure; write small letters, digits and _, such as "water_level"',
  });

/**
 * The option `measures` of a kind whose owner says what it measures: for each name what it is, and with the options in `place` where its
 * value is found. The device class and the unit are those of Home Assistant.
 */
export function freeMeasures<Place extends z.ZodRawShape>(place: Place) {
  const known = Object.keys({ ...place, ...freeMeasureOptions }).join(", ");
  const one = z
    .strictObject(
      { ...place, ...freeMeasureOptions },
      {
        error: (issue) =>
          issue.code === "unrecognized_keys" ? `is no part of a measure; there are ${known}` : undefined,
      },
    )
    // The shape of a measure is checked above; joined with a place that only the caller knows, TypeScript loses its type.
    .check(({ value, issues }) => void issues.push(...problemsOf(value as unknown as FreeMeasure)));
  return z
    .record(measureKey, one, {
      // A name that is refused is shown at its own place.
      error: (issue) => (issue.code === "invalid_key" ? issue.issues[0]?.message : undefined),
    })
    .refine((measures) => Object.keys(measures).length > 0, {
      error: "has no measure; write one on a line below it, such as temperature: {unit: °C}",
    });
}

/** What in a measure does not go together. */
function problemsOf(measure: FreeMeasure): z.core.$ZodRawIssue[] {
  const { device_class: deviceClass, unit, state_class: stateClass } = measure;
  if (deviceClass === undefined) return [];
  const fitting = unitsOf(deviceClass) ?? [];
  const isFitting = fitting.map(plainUnit).includes(plainUnit(unitOf(measure)));
  const ofUnit: z.core.$ZodRawIssue[] = isFitting
    ? []
    : unit === undefined
      ? [problem("device_class", deviceClass, `needs a unit; write unit: ${fitting.join(" or ")}`)]
      : fitting.every((one) => one === "")
        ? [problem("unit", unit, `is too much: ${deviceClass} has no unit; remove it`)]
        : // Without a message, the reader of devices.yaml adds which one was probably meant.
          [{ code: "invalid_value", values: [...fitting], input: unit, path: ["unit"] }];
  const isTotal = usualStateClass(deviceClass) === "total_increasing";
  return isTotal && stateClass === "measurement"
    ? [
        ...ofUnit,
        problem(
          "state_class",
          stateClass,
          `is wrong for ${deviceClass}, which is a total; write total or total_increasing`,
        ),
      ]
    : ofUnit;
}

function problem(option: string, input: unknown, message: string): z.core.$ZodRawIssue {
  return { code: "custom", input, message, path: [option] };
}

/** The unit of a measure: the one that is written, or the only one that its device class has. */
function unitOf({ unit, device_class: deviceClass }: FreeMeasure): string | undefined {
  if (unit !== undefined || deviceClass === undefined) return unit;
  const fitting = unitsOf(deviceClass) ?? [];
  return fitting.length === 1 && fitting[0] !== "" ? fitting[0] : undefined;
}

/** A measure of which nothing is known can have any number that a float of 32 bits can have. */
const anyNumber = [-3.4e38, 3.4e38] as const;

/** The measure that a user has described. */
export function measureOf(chosen: FreeMeasure): Measure {
  const { name, device_class, state_class = usualStateClass(device_class), digits = 2, range = anyNumber } = chosen;
  const unit = unitOf(chosen);
  return {
    ...(name !== undefined && { name }),
    ...(unit !== undefined && { unit }),
    ...(device_class !== undefined && { device_class }),
    state_class,
    digits,
    range,
  };
}

/** A measure of which much is known, where what a user has said of it comes first. The unit stays the known one. */
export function withWritten(known: Measure, { name, device_class, state_class, digits, range }: FreeMeasure): Measure {
  return {
    ...known,
    ...(name !== undefined && { name }),
    ...(device_class !== undefined && { device_class }),
    ...(state_class !== undefined && { state_class }),
    ...(digits !== undefined && { digits }),
    ...(range !== undefined && { range }),
  };
}

/** The measures that a user has described, by their names. */
export function measuresOf(chosen: Readonly<Record<string, FreeMeasure>>): Readonly<Record<string, Measure>> {
  return Object.fromEntries(Object.entries(chosen).map(([name, measure]) => [name, measureOf(measure)]));
}
