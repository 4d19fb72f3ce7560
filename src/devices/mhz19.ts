import * as z from "zod";
import { quantity } from "../core/readers/quantity.ts";
import { askedLine } from "../core/readers/serial/asked.ts";
import { lineTurn, serialPort, usualSettings } from "../core/readers/serial/serial-options.ts";
import { warmUp } from "../core/readers/serial/warm-up.ts";
import { defineSensor } from "../core/sensor.ts";
import { around } from "../core/simulation/pretend.ts";
import { duration } from "../core/time/duration.ts";
import { askForCo2, co2Answer, findCo2, setBaselineCalibration, setDetectionRange } from "./mhz19/mhz19-frames.ts";

/** The manual gives no time for an answer; it comes within 50 ms. */
const answerMs = 500;

/** A sensor of carbon dioxide on a serial line. */
export const mhz19 = defineSensor({
  kind: "mhz19",
  summary: "A Winsen MH-Z19B or MH-Z19C, which measures carbon dioxide, on a serial line.",
  usedFor: "CO₂ from an MH-Z19B or MH-Z19C",
  searchedAs: ["CO2"],
  group: "air",
  options: {
    port: serialPort,
    automatic_baseline_calibration: z
      .boolean()
      .optional()
      .describe(
        "Whether it takes the lowest value of each day for fresh air; false where nobody airs. Default: as the sensor is set.",
      ),
    detection_range: z
      .literal([2000, 5000, 10000])
      .optional()
      .describe("The highest value that it measures, in ppm: 2000, 5000 or 10000. Default: as the sensor is set."),
    warmup_time: duration({ min: "0s", max: "10m" })
      .default(75_000)
      .describe(
        "How long after power-on its values are not used, since it makes them up until it is warm. Default: 75s.",
      ),
  },
  example: { topic: "home/office/co2", port: "/dev/serial0", automatic_baseline_calibration: false },
  every: { default: "30s", min: "2s" },
  oneAtATime: lineTurn,
  measures: { co2: { ...quantity.carbonDioxide, range: [300, 10_000] } },
  pretend: {
    values: { co2: around(800, 300, 600_000) },
    identity: ({ port }) => port,
    serial: ({ port }, now) => ({
      port: String(port),
      answer: (bytes) => (bytes.join() === askForCo2.join() ? co2Answer(now().co2) : undefined),
    }),
  },
  async open({ port, warmup_time, automatic_baseline_calibration: baseline, detection_range }, context) {
    const warm = await warmUp(context, warmup_time);
    const ask = await askedLine(context, {
      settings: usualSettings(port),
      silenceMs: 10,
      hint: "check its 5 V supply, and that its TXD is at the Pi's RXD (GPIO15) and its RXD at TXD (GPIO14)",
      async greet(line) {
        warm.opened();
        if (baseline !== undefined) await line.write(setBaselineCalibration(baseline));
        if (detection_range !== undefined) await line.write(setDetectionRange(detection_range));
      },
    });
    return async () => {
      const co2 = await ask(askForCo2, findCo2, answerMs);
      // Asking may have opened the line again, behind which the sensor has just got its supply.
      warm.check();
      return { co2 };
    };
  },
});
