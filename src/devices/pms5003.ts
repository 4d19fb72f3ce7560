import { serialPort, usualSettings } from "../core/readers/serial/serial-options.ts";
import { listenTo } from "../core/readers/serial/spoken.ts";
import { warmUp } from "../core/readers/serial/warm-up.ts";
import { defineSensor } from "../core/sensor.ts";
import { around } from "../core/simulation/pretend.ts";
import { particleReport, seeParticles } from "./pms5003/pms5003-frames.ts";

/** The manual (PMS5003 V2.3, table 1): 0 to 500 µg/m³ is the effective range, and at least 1000 the greatest. */
const dust = { unit: "µg/m³", digits: 0, range: [0, 1000] } as const;
/** "Stable data should be got at least 30 seconds after the sensor wakeup" (the same manual, circuit attentions). */
const warmUpMs = 30_000;

/** A sensor of fine dust with a fan and a laser. */
export const pms5003 = defineSensor({
  kind: "pms5003",
  summary: "A Plantower PMS5003, PMS7003, PMSA003 or PMS3003, which measures fine dust, on a serial line.",
  usedFor: "fine dust (PM1, PM2.5, PM10) from a PMS5003, PMS7003 or PMSA003",
  searchedAs: ["particles", "Enviro+"],
  group: "air",
  options: { port: serialPort },
  example: { topic: "home/kitchen/dust", port: "/dev/serial0" },
  every: { default: "30s", min: "1s" },
  measures: {
    pm1: { name: "PM1", device_class: "pm1", ...dust },
    pm25: { name: "PM2.5", device_class: "pm25", ...dust },
    pm10: { name: "PM10", device_class: "pm10", ...dust },
  },
  pretend: {
    values: { pm1: around(6, 2, 500_000), pm25: around(11, 4, 400_000), pm10: around(14, 5, 300_000) },
    identity: ({ port }) => port,
    serial: ({ port }, now) => ({ port: String(port), speaks: { everyMs: 800, bytes: () => particleReport(now()) } }),
  },
  async open({ port }, context) {
    const warm = await warmUp(context, warmUpMs);
    const newest = await listenTo(context, {
      settings: usualSettings(port),
      look: seeParticles,
      mostBytes: 128,
      // It speaks every 200 to 800 ms, and every 2.3 s while nothing changes.
      freshMs: 6_000,
      hint: "check its 5 V supply, and that its TXD is at the Pi's RXD (GPIO15)",
      greet: async () => warm.opened(),
    });
    return async () => {
      const particles = await newest();
      warm.check();
      return particles;
    };
  },
});
