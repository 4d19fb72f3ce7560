import { UserError } from "../core/errors.ts";
import type { Measure } from "../core/measure.ts";
import { findW1, pretendedW1, readW1, type W1Part, w1Options, w1Turn } from "../core/readers/w1/place.ts";
import { defineSensor } from "../core/sensor.ts";
import { around } from "../core/simulation/pretend.ts";

const part: W1Part = { name: "DS2423", families: ["1d"], example: "1d-0000000f1a2b" };

/** The part counts to 2^32 and begins again at 0 (datasheet DS2423, "Counters"). */
const count: Measure = { state_class: "total_increasing", digits: 0, range: [0, 2 ** 32 - 1] };

/**
 * Driver: drivers/w1/slaves/w1_ds2423.c. The file `w1_slave` has a line for each of the part's four counters: those of pages 12 and 13,
 * which count how often the page was written, and those of pages 14 and 15, which are the inputs A and B.
 */
export const ds2423 = defineSensor({
  kind: "ds2423",
  summary: "A DS2423 with two counters on 1-Wire, read through the kernel's driver w1_ds2423.",
  usedFor: "the pulses of two meters from a DS2423 on 1-Wire",
  group: "electricity",
  options: w1Options(part),
  example: { topic: "home/cellar/pulses", address: part.example, every: "1m" },
  every: { default: "1m", min: "1s" },
  connection: { bus: "1-Wire", line: "dtoverlay=w1-gpio" },
  oneAtATime: w1Turn,
  measures: { counter_a: { name: "Counter A", ...count }, counter_b: { name: "Counter B", ...count } },
  pretend: {
    values: { counter_a: around(120_000, 0, 60_000), counter_b: around(4_500, 0, 60_000) },
    identity: ({ address = part.example }) => address,
    files: (options, { counter_a, counter_b }) => ({
      [`${pretendedW1(part, options)}/w1_slave`]: [0, 0, counter_a, counter_b]
        .map((value) => `ff 00 crc=YES c=${Math.round(value) | 0}\n`)
        .join(""),
    }),
  },
  async open(place, { files, clock }) {
    return async () => {
      const text = await readW1(files, clock, await findW1(files, part, place), "w1_slave");
      const lines = text.trim().split("\n");
      // The text "Connection error": nobody answered on the bus.
      if (lines.length < 4) throw new UserError("the sensor did not answer", { hint: "check its wiring" });
      return { counter_a: counterIn(lines[2]), counter_b: counterIn(lines[3]) };
    };
  },
});

/** The driver writes the 32 bits of a counter as a signed number; NaN where the checksum was wrong. */
function counterIn(line = ""): number {
  const [, digits] = / crc=YES c=(-?\d+)$/.exec(line) ?? [];
  return digits === undefined ? Number.NaN : Number(digits) >>> 0;
}
