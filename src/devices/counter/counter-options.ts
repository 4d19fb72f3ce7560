import * as z from "zod";
import type { Entity } from "../../core/entity.ts";
import type { OptionsOf } from "../../core/kind.ts";
import { duration } from "../../core/time/duration.ts";
import { digitsOf } from "./meter-total.ts";
import { rateClasses, rateFactor } from "./rate-units.ts";

/** What Home Assistant calls that which a meter counts (its page of sensors), with the unit that it most often has. */
const usualUnits = { energy: "kWh", gas: "m³", water: "L", volume: "L", precipitation: "mm", distance: "m" } as const;
const deviceClasses = ["energy", "gas", "water", "volume", "precipitation", "distance"] as const;
const unit = z.string().min(1).max(20);

/** The options of a counter besides those of its input. */
export const counterOptions = {
  pulses_per_unit: z
    .number()
    .min(0.000_001)
    .max(1_000_000)
    .default(1)
    .describe(
      "How many pulses make one unit of the total, such as 1000 for a meter of 1000 imp/kWh; a change holds for the pulses that come after it. Default: 1.",
    ),
  device_class: z
    .enum(deviceClasses)
    .optional()
    .describe("What is counted, in Home Assistant's words, whose page of sensors says which units each may have."),
  unit: unit
    .optional()
    .describe(
      "The unit of the total, as Home Assistant writes it. Default: kWh for energy, m³ for gas, L for water and volume, mm for precipitation, m for distance.",
    ),
  every: duration({ min: "1s", max: "1h" })
    .default(10_000)
    .describe(
      "How often the total is said at most while pulses come; the first after a pause is said at once. Each time it is written to the disk first, so that it never goes back, and an SD card lives longer if that is seldom. Default: 10s.",
    ),
  rate: unit
    .optional()
    .describe(
      "Publishes how fast it counts, too, in this unit: W or kW for energy; L/min, L/h or m³/h for gas, water and volume; mm/h for precipitation; m/s or km/h for distance; else the unit of the total with /s, /min, /h or /d. Default: not published.",
    ),
  rate_timeout: duration({ min: "1s", max: "1d" })
    .default(300_000)
    .describe(
      "The rate is 0 when no pulse came for this time; until then it falls. Choose more than the longest time between two pulses that should count as a rate. Default: 5m.",
    ),
  max_rate: z
    .number()
    .positive()
    .max(1e12)
    .optional()
    .describe(
      "The highest rate that the meter can have, in the unit of rate. Pulses that come faster are interference: they are not counted, but published as rejected, since the start of the agent. Default: no limit.",
    ),
};

/** What was chosen of {@link counterOptions}. */
export type CounterOptions = OptionsOf<typeof counterOptions>;

/** The unit of the total; undefined where it has none. */
function unitOf({ device_class, unit: written }: CounterOptions): string | undefined {
  return written ?? (device_class && usualUnits[device_class]);
}

/** What total units per second are multiplied by to have them in the unit of rate; undefined without a rate, or where it does not fit. */
export function factorOf(options: CounterOptions): number | undefined {
  return options.rate === undefined ? undefined : rateFactor(unitOf(options), options.rate);
}

/** What does not go together in {@link counterOptions}. */
export function counterConflicts(options: CounterOptions): { rate?: string; max_rate?: string } {
  const { rate, max_rate, device_class } = options;
  if (rate === undefined)
    return max_rate === undefined ? {} : { max_rate: "has no unit without rate; write rate too, such as rate: kW" };
  if (factorOf(options) !== undefined) return {};
  const total = unitOf(options);
  if (total === undefined) return { rate: "is no rate; write what is counted and a time, such as turns/min" };
  const fitting = device_class && options.unit === undefined ? rateClasses[device_class].units : `${total}/h`;
  return { rate: `does not fit a total in ${total}; write ${fitting}, for example` };
}

/** What Home Assistant shows of a counter with these options. */
export function counterEntities(options: CounterOptions): readonly Entity[] {
  const { device_class, pulses_per_unit, rate, max_rate } = options;
  const totalUnit = unitOf(options);
  const rateClass = device_class && rateClasses[device_class];
  return [
    {
      key: "total",
      platform: "sensor",
      value: "total",
      settings: {
        ...(device_class && { device_class }),
        ...(totalUnit && { unit_of_measurement: totalUnit }),
        state_class: "total_increasing",
        suggested_display_precision: Math.min(3, digitsOf(pulses_per_unit)),
      },
    },
    ...(rate === undefined ? [] : [rateEntity(rate, rateClass)]),
    ...(max_rate === undefined ? [] : [rejectedEntity]),
  ];
}

function rateEntity(rate: string, rateClass: { device_class: string; name: string } | undefined): Entity {
  return {
    key: "rate",
    platform: "sensor",
    name: rateClass?.name ?? "Rate",
    value: "rate",
    settings: {
      ...(rateClass && { device_class: rateClass.device_class }),
      unit_of_measurement: rate,
      state_class: "measurement",
    },
  };
}

const rejectedEntity: Entity = {
  key: "rejected",
  platform: "sensor",
  name: "Rejected pulses",
  value: "rejected",
  settings: { state_class: "total_increasing", entity_category: "diagnostic" },
};
