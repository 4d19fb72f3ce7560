import { UserError } from "../core/errors.ts";
import { serialPort, usualSettings } from "../core/readers/serial/serial-options.ts";
import { listenTo } from "../core/readers/serial/spoken.ts";
import { defineSensor } from "../core/sensor.ts";
import { around } from "../core/simulation/pretend.ts";
import { duration } from "../core/time/duration.ts";
import { dustReport, seeDust, setWorkingPeriod } from "./sds011/sds011-frames.ts";

/** The datasheet (V1.3) gives 0.0 to 999.9 µg/m³. */
const dust = { unit: "µg/m³", digits: 1, range: [0, 999.9] } as const;

const minuteMs = 60_000;

/** A sensor of fine dust with a fan and a laser. */
export const sds011 = defineSensor({
  kind: "sds011",
  summary: "A Nova Fitness SDS011, which measures fine dust, on a serial line or its USB adapter.",
  usedFor: "fine dust (PM2.5, PM10) from an SDS011",
  searchedAs: ["particles", "Luftdaten"],
  group: "air",
  options: {
    port: serialPort,
    working_period: duration({ min: "0s", max: "30m" })
      .optional()
      .describe(
        "It works for 30 s once in this time, whole minutes, and sleeps between, because its laser lasts 8000 hours; 0s: it works all the time. Default: it is not told, and must work all the time.",
      ),
  },
  example: {
    topic: "home/balcony/dust",
    port: "/dev/serial/by-id/usb-1a86_USB2.0-Serial-if00-port0",
    working_period: "5m",
    every: "5m",
  },
  every: { default: "1m", min: "1s" },
  measures: {
    pm25: { name: "PM2.5", device_class: "pm25", ...dust },
    pm10: { name: "PM10", device_class: "pm10", ...dust },
  },
  pretend: {
    values: { pm25: around(12, 4, 400_000), pm10: around(20, 6, 300_000) },
    identity: ({ port }) => port,
    serial: ({ port }, now) => ({ port: String(port), speaks: { everyMs: 1_000, bytes: () => dustReport(now()) } }),
  },
  conflicts: ({ working_period: ms = 0 }) =>
    ms % minuteMs === 0 ? {} : { working_period: "the sensor takes whole minutes only; write 1m to 30m, or 0s" },
  async open({ port, working_period: ms }, context) {
    const minutes = ms === undefined ? undefined : ms / minuteMs;
    const newest = await listenTo(context, {
      settings: usualSettings(port),
      look: seeDust,
      mostBytes: 64,
      // It speaks every second while it works, and once at the end of its 30 s where it sleeps.
      freshMs: minutes === undefined || minutes === 0 ? 10_000 : (minutes + 1) * minuteMs,
      hint: sleepHint(minutes),
      greet: async (line) => {
        if (minutes !== undefined) await line.write(setWorkingPeriod(minutes));
      },
    });
    return async () => {
      const dust = await newest();
      // No air is so clean; ESPHome takes it for no value, too.
      if (dust.pm25 === 0 && dust.pm10 === 0)
        throw new UserError("the sensor gives 0 for all dust, as before it has measured any");
      return dust;
    };
  },
});

function sleepHint(minutes: number | undefined): string {
  if (minutes === 0) return "check its 5 V supply and its wiring";
  const first =
    minutes === undefined
      ? "write its working_period if it was told to sleep"
      : `wait for ${minutes} minutes, because it may sleep`;
  return `${first}; else check its 5 V supply and its wiring`;
}
