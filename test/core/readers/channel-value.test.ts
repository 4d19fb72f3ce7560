import fc from "fast-check";
import { expect, it } from "vitest";
import { readIioChannel } from "../../../src/core/readers/channel.ts";
import { FakeTree } from "../../fakes/tree.ts";
import { runs } from "../../property-runs.ts";

/** Where the kernel may put an attribute of in_voltage3, from its own file to the one of the whole device. */
const places = ["in_voltage3_", "in_voltage_", "in_", ""];
const place = fc.subarray(places, { minLength: 1 });
const number = fc.integer({ min: -1_000_000, max: 1_000_000 });

it("(raw + offset) × scale is the same wherever the offset and the scale stand, and the nearest file counts", async () => {
  await fc.assert(
    fc.asyncProperty(number, number, number, place, place, async (raw, offset, thousandths, offsets, scales) => {
      const scale = thousandths / 1_000;
      const shown = (own: readonly string[], attribute: string, value: number) =>
        // The farther files hold another number.
        own.map((start, index) => [`/d/${start}${attribute}`, `${index === 0 ? value : value + 1}\n`]);
      const files = Object.fromEntries([
        ["/d/in_voltage3_raw", `${raw}\n`],
        ...shown(offsets, "offset", offset),
        ...shown(scales, "scale", scale),
      ]);
      expect(await readIioChannel(new FakeTree(files), "/d", "in_voltage3")).toBeCloseTo((raw + offset) * scale, 6);
    }),
    { numRuns: runs(200) },
  );
});
