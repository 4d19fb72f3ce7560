import * as z from "zod";
import { type CommandSchema, misunderstood, objectReader, plainNumber, understood, Wrong } from "../core/command.ts";
import { defineDevice } from "../core/device.ts";
import { pin } from "../core/pin.ts";
import { onAgainAndAgain } from "../core/pretend.ts";
import { duration } from "../core/time/duration.ts";

/** What Home Assistant calls that which a meter counts (its page of sensors), with the unit that it most often has. */
const usualUnits = { energy: "kWh", gas: "m³", water: "L", volume: "L", precipitation: "mm", distance: "m" } as const;
const deviceClasses = ["energy", "gas", "water", "volume", "precipitation", "distance"] as const;

/** The digits after the point in which one pulse shows. */
function digitsOf(pulsesPerUnit: number): number {
  return Math.max(0, Math.ceil(Math.log10(pulsesPerUnit)));
}

/** The reading after so many pulses: two digits more than one pulse needs, for a share such as a 75th. */
function totalOf(pulses: number, pulsesPerUnit: number): number {
  return Number((pulses / pulsesPerUnit).toFixed(digitsOf(pulsesPerUnit) + 2));
}

/** Sets the meter's reading, in its unit. */
function counterCommand(pulsesPerUnit: number): CommandSchema<{ readonly total: number }> {
  const example = 'say {"total":1234.5}';
  const highest = Math.floor(Number.MAX_SAFE_INTEGER / 2 / Math.max(1, pulsesPerUnit));
  const read = (sent: unknown) => {
    const total = plainNumber(sent);
    if (total === undefined || Number.isNaN(total)) return new Wrong("total is a number, such as 1234.5");
    if (total < 0) return new Wrong("total is at least 0");
    return total <= highest ? total : new Wrong(`total is at most ${highest}`);
  };
  const readObject = objectReader(
    { total: { keys: ["total"], read } },
    (key) => `there is no "${key}" in a command to a counter; ${example}`,
  );
  return {
    safeParse(sent) {
      if (typeof sent !== "object" || sent === null || Array.isArray(sent)) return misunderstood([example]);
      const { values, problems } = readObject(sent);
      if (problems.length > 0) return misunderstood(problems);
      return values.total === undefined ? misunderstood([example]) : understood({ total: values.total });
    },
  };
}

/** The pulses of a meter. What it says is on disk before it is said, so that no crash takes it back. */
export const counter = defineDevice({
  kind: "counter",
  summary:
    "Counts the pulses of an energy, water, gas, rain or flow meter; its total outlives restarts, and a power cut takes at most the last 10 s of it.",
  options: {
    pin: pin("The pin that the meter's pulse output is wired to, as a BCM number.", "input", {
      activeLow: "active_low",
      pull: "pull",
    }),
    active_low: z
      .boolean()
      .default(true)
      .describe(
        "True when the pin is low during a pulse, as for a reed contact or an S0 output between the pin and ground. Default: true.",
      ),
    pull: z
      .enum(["up", "down", "none"])
      .default("up")
      .describe("The resistor that holds the pin between the pulses. Default: up."),
    debounce: duration({ min: "0ms", max: "1s" })
      .default(5)
      .describe(
        "How long a level must stand still to count, at both edges; choose less than the shortest pulse and the shortest pause. An S0 pulse lasts 30ms or more; a flow sensor, whose pulses are a few milliseconds, wants 0ms. Default: 5ms.",
      ),
    pulses_per_unit: z
      .number()
      .min(0.000_001)
      .max(1_000_000)
      .default(1)
      .describe(
        "How many pulses make one unit of the total, such as 1000 for a meter of 1000 imp/kWh; a change counts all pulses so far anew. Default: 1.",
      ),
    device_class: z
      .enum(deviceClasses)
      .optional()
      .describe("What is counted, in Home Assistant's words, whose page of sensors says which units each may have."),
    unit: z
      .string()
      .min(1)
      .max(20)
      .optional()
      .describe(
        "The unit of the total, as Home Assistant writes it. Default: kWh for energy, m³ for gas, L for water and volume, mm for precipitation, m for distance.",
      ),
    every: duration({ min: "1s", max: "1h" })
      .default(10_000)
      .describe(
        "How often the total is said at most while pulses come; the first after a pause is said at once. Each time it is written to the disk first, so that it never goes back, and an SD card lives longer if that is seldom. Default: 10s.",
      ),
  },
  example: { topic: "home/cellar/electricity", pin: 6, pulses_per_unit: 1000, device_class: "energy" },
  wiring: { part: "contact" },
  pretend: { routine: ({ debounce }) => onAgainAndAgain("pin", [[30_000, debounce + 100]]) },
  state: z.strictObject({ total: z.number().min(0), pulses: z.int().min(0) }),
  entities: ({ device_class, unit = device_class && usualUnits[device_class], pulses_per_unit }) => [
    {
      key: "total",
      platform: "sensor",
      value: "total",
      settings: {
        ...(device_class && { device_class }),
        ...(unit && { unit_of_measurement: unit }),
        state_class: "total_increasing",
        suggested_display_precision: Math.min(3, digitsOf(pulses_per_unit)),
      },
    },
  ],
  reports: true,
  command: ({ pulses_per_unit }) => counterCommand(pulses_per_unit),
  setters: ["total"],
  async setup({ pin, debounce, pulses_per_unit: perUnit, every }, context) {
    const { clock } = context;
    const kept = context.keep("pulses", z.int().min(0), 0);
    let isPlanned = false;
    let saidAtMs = Number.NEGATIVE_INFINITY;
    const say = async () => {
      isPlanned = false;
      saidAtMs = clock.monotonicMs();
      const pulses = kept.value;
      await kept.save();
      context.report({ total: totalOf(pulses, perUnit), pulses });
    };
    const sayInTime = () => {
      if (isPlanned) return;
      isPlanned = true;
      const nowMs = clock.monotonicMs();
      // All meters speak at the same moments: what they say is one writing then.
      clock.after(nowMs - saidAtMs >= every ? 0 : every - (nowMs % every), () => void say().catch(context.fail));
    };
    await context.gpio.count(pin, {
      debounceMs: debounce,
      onPulse: (_atMs, pulses) => {
        kept.set(kept.value + pulses);
        sayInTime();
      },
    });
    await say();
    return {
      async command({ total }) {
        kept.set(Math.round(total * perUnit), "now");
        await say();
      },
    };
  },
});
