import * as z from "zod";
import { inputOptions } from "../core/inputs/input-options.ts";
import { defineDevice } from "../core/kind.ts";
import { onAgainAndAgain } from "../core/simulation/pretended-inputs.ts";
import { counterCommand } from "./counter/counter-command.ts";
import { counterConflicts, counterEntities, counterOptions } from "./counter/counter-options.ts";
import { type CounterState, Meter } from "./counter/meter.ts";

const most = Number.MAX_SAFE_INTEGER;
const state: z.ZodType<CounterState> = z.strictObject({
  total: z.number().min(0),
  pulses: z.int().min(0),
  rate: z.number().min(0).nullable().optional(),
  rejected: z.int().min(0).optional(),
});

/** The pulses of a meter. */
export const counter = defineDevice({
  kind: "counter",
  summary:
    "Counts the pulses of an energy, water, gas, rain or flow meter; its total outlives restarts, and a power cut takes at most the last 10 s of it.",
  usedFor: "a meter that gives pulses: water, gas, electricity",
  searchedAs: ["S0 meter", "YF-S201", "flow sensor", "rain gauge", "anemometer"],
  alsoCalled: ["pulsecounter", "pulsemeter", "utilitymeter"],
  options: {
    ...inputOptions({
      pin: "the meter's pulse output is wired to",
      activeLow: {
        default: true,
        means:
          "True when the pin is low during a pulse, as for a reed contact or an S0 output between the pin and ground.",
      },
      held: "between the pulses",
      debounce: {
        default: "5ms",
        max: "1s",
        means:
          "How long a level must stand still to count, at both edges; choose less than the shortest pulse and the shortest pause. An S0 pulse lasts 30ms or more; a flow sensor, whose pulses are a few milliseconds, wants 0ms.",
      },
    }),
    ...counterOptions,
  },
  example: { topic: "home/cellar/electricity", pin: 6, pulses_per_unit: 1000, device_class: "energy", rate: "W" },
  wiring: { part: "contact" },
  pretend: { routine: ({ debounce }) => onAgainAndAgain("pin", [[30_000, debounce + 100]]) },
  state,
  measures: {
    total: { digits: 3, range: [0, most] },
    pulses: { digits: 0, range: [0, most] },
    rate: { digits: 3, range: [0, most] },
  },
  entities: counterEntities,
  reports: true,
  command: ({ pulses_per_unit }) => counterCommand(pulses_per_unit),
  setters: ["total"],
  conflicts: counterConflicts,
  async setup({ pin, debounce, ...options }, context) {
    const meter = new Meter(options, context);
    await context.gpio.count(pin, { debounceMs: debounce, onPulse: (atMs, pulses) => meter.count(atMs, pulses) });
    await meter.say();
    return { command: ({ total }) => meter.set(total) };
  },
});
