import * as z from "zod";
import { climateCommand, climateModes, modesOf } from "../core/climate/climate-command.ts";
import { climateEntity } from "../core/climate/climate-entity.ts";
import { readingNews, sensorStates } from "../core/climate/reading-news.ts";
import { Regulator } from "../core/climate/regulator.ts";
import { steeredOutput } from "../core/climate/steered-output.ts";
import { defineDevice } from "../core/device.ts";
import { link } from "../core/link.ts";
import { startLooks } from "../core/time/looks.ts";

/** So often it looks by itself: nobody tells of a reading that does not come, nor of an output that comes back. */
const lookMs = 10_000;
/**
 * So long after an output has changed it looks, and puts right what somebody else did. Not at once: two that want different things of one
 * output would keep the agent busy for ever.
 */
const soonMs = 1_000;

const degrees = z.number().min(-100).max(1_000);

/** A thermostat: follows a sensor and switches a heater, a cooler or both, all of them devices of this agent. */
export const thermostat = defineDevice({
  kind: "thermostat",
  summary: "A thermostat: heats, cools or both by what a sensor of this agent measures, with or without a broker.",
  options: {
    sensor: link("The sensor whose temperature it follows, as its id, a point and the measure.", "measure"),
    heater: link(
      "The output that heats while it is on. There must be a heater, a cooler or both.",
      "on_off",
    ).optional(),
    cooler: link("The output that cools while it is on. It is never on together with the heater.", "on_off").optional(),
    target: degrees
      .default(20)
      .describe("The temperature in °C until somebody chooses another one, which is kept over restarts. Default: 20."),
    min_target: degrees.default(5).describe("The lowest target that may be chosen, in °C. Default: 5."),
    max_target: degrees.default(30).describe("The highest target that may be chosen, in °C. Default: 30."),
    hysteresis: z
      .number()
      .min(0.1)
      .max(50)
      .default(0.5)
      .describe(
        "How many °C below the target heating begins, and above it cooling; both end at the target. Default: 0.5.",
      ),
    mode: z
      .enum(climateModes)
      .default("off")
      .describe("What it does until somebody chooses another mode, which is kept over restarts. Default: off."),
  },
  example: {
    topic: "home/cellar/thermostat",
    sensor: "cellar-climate.temperature",
    heater: "cellar-heater",
    target: 16,
    mode: "heat",
  },
  exampleNeighbours: {
    "cellar-climate": { kind: "dht", topic: "home/cellar/climate", pin: 4 },
    "cellar-heater": { kind: "relay", topic: "home/cellar/heater", pin: 17, min_off: "3m" },
  },
  conflicts({ heater, cooler, mode, target, min_target: min, max_target: max }) {
    const modes = modesOf({ heater, cooler });
    return {
      ...(modes.length === 1 && { heater: "is missing, and so is cooler; name the output that heats or cools" }),
      ...(heater !== undefined && heater === cooler && { cooler: "is the heater too; name another output" }),
      ...(modes.length > 1 &&
        !modes.includes(mode) && { mode: `needs other outputs; write one of ${modes.join(", ")}` }),
      ...(min > max
        ? { min_target: `is above max_target, which is ${max}; exchange them` }
        : (target < min || target > max) && { target: `is not from ${min} to ${max}; change it, or the limits` }),
    };
  },
  state: z.strictObject({
    mode: z.enum(climateModes),
    action: z.enum(["heating", "cooling", "idle", "off"]),
    target: degrees,
    current: z.number().nullable(),
    sensor: z.enum(sensorStates),
  }),
  measures: { current: { unit: "°C", device_class: "temperature", digits: 2, range: [-100, 1_000] } },
  entities: (options) => [climateEntity(options)],
  command: climateCommand,
  setters: ["mode", "target"],
  pretend: {
    effects: [
      { output: "heater", measure: "sensor", by: 6, inMs: 20 * 60_000 },
      { output: "cooler", measure: "sensor", by: -6, inMs: 20 * 60_000 },
    ],
  },
  async setup(options, context) {
    const { log, clock } = context;
    const mode = context.keep("mode", z.enum(modesOf(options)), options.mode);
    const target = context.keep("target", z.number().min(options.min_target).max(options.max_target), options.target);
    const output = (id: string | undefined) =>
      id === undefined ? undefined : steeredOutput(context.device(id), id, log);
    const ports = {
      sensor: context.measure(options.sensor),
      heater: output(options.heater),
      cooler: output(options.cooler),
    };
    const regulator = new Regulator(ports);
    const tellOfReadings = readingNews(context, options.sensor);
    let said = "";

    const report = () => {
      const action = mode.value === "off" && regulator.action === "idle" ? "off" : regulator.action;
      const state = { mode: mode.value, action, target: target.value, ...regulator.reading } as const;
      if (JSON.stringify(state) === said) return;
      said = JSON.stringify(state);
      context.report(state);
    };
    const update = () => {
      regulator.steer({ mode: mode.value, target: target.value, hysteresis: options.hysteresis });
      tellOfReadings(regulator.reading.sensor);
      report();
    };

    context.onFailure(() => regulator.release());
    const looks = startLooks(clock, lookMs, update);
    for (const one of [ports.heater, ports.cooler])
      one?.watch(() => {
        report();
        looks.within(soonMs);
      });
    ports.sensor.watch(update);
    update();
    return {
      command(command) {
        // Somebody's choice: a power cut must not take it.
        if (command.mode !== undefined && command.mode !== mode.value) mode.set(command.mode, "now");
        if (command.target !== undefined && command.target !== target.value) target.set(command.target, "now");
        update();
      },
    };
  },
});
