import * as z from "zod";
import { serialPort, usualSettings } from "../core/readers/serial/serial-options.ts";
import { listenTo } from "../core/readers/serial/spoken.ts";
import { defineSensor } from "../core/sensor.ts";
import { around } from "../core/simulation/pretend.ts";
import { dustReport, seeDust, setWorkingPeriod } from "./sds011/sds011-frames.ts";

/** The datasheet (V1.3) gives 0.0 to 999.9 µg/m³. */
const dust = { unit: "µg/m³", digits: 1, range: [0, 999.9] } as const;

/** A sensor of fine dust with a fan and a laser. */
export const sds011 = defineSensor({
  kind: "sds011",
  summary: "A Nova Fitness SDS011, which measures fine dust, on a serial line or its USB adapter.",
  usedFor: "fine dust (PM2.5, PM10) from an SDS011",
  group: "air",
  options: {
    port: serialPort,
    working_period: z
      .int()
      .min(0)
      .max(30)
      .optional()
      .describe(
        "It works for 30 s once in so many minutes and sleeps between, because its laser lasts 8000 hours; 0: all the time. Default: as the sensor is set.",
      ),
  },
  example: {
    topic: "home/balcony/dust",
    port: "/dev/serial/by-id/usb-1a86_USB2.0-Serial-if00-port0",
    working_period: 5,
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
  async open({ port, working_period: minutes }, context) {
    return listenTo(context, {
      settings: usualSettings(port),
      look: seeDust,
      mostBytes: 64,
      // A sensor that was set before and is not told anything may sleep for up to half an hour.
      freshMs: ((minutes ?? 30) + 1) * 60_000,
      hint: sleepHint(minutes),
      greet: async (line) => {
        if (minutes !== undefined) await line.write(setWorkingPeriod(minutes));
      },
    });
  },
});

function sleepHint(minutes: number | undefined): string {
  if (minutes === 0) return "check its 5 V supply and its wiring";
  const most = minutes === undefined ? "up to 30 minutes" : `${minutes} minutes`;
  return `it may sleep and speak only once in ${most}; else check its 5 V supply and its wiring`;
}
