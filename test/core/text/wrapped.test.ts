import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wrapped } from "../../../src/core/text/wrapped.ts";
import { runs } from "../../property-runs.ts";

describe("a text for a terminal", () => {
  it("is broken between words, and goes on behind the indent", () => {
    const text = "  every: a duration\n      How often the sensor is read, at most every 1s.\n";
    expect(wrapped(text, 40)).toBe(
      "  every: a duration\n      How often the sensor is read, at\n      most every 1s.\n",
    );
  });

  it("goes on in the second column where there is one", () => {
    expect(wrapped("  ens160   an index of the air's quality from an ENS160", 40)).toBe(
      "  ens160   an index of the air's quality\n           from an ENS160",
    );
  });

  it("stays a comment", () => {
    expect(wrapped("#   there is no 1-Wire bus; add a line and reboot", 40)).toBe(
      "#   there is no 1-Wire bus; add a line\n#   and reboot",
    );
  });

  it("stays whole where it is to be copied, and where there is no terminal", () => {
    const line = "#  attic: {kind: bme280, topic: home/attic, address: 0x76}";
    expect(wrapped(line, 40, (one) => !one.startsWith("#  "))).toBe(line);
    expect(wrapped(line, undefined)).toBe(line);
  });

  it("loses no word, and has no line that is too long unless a word is", () => {
    const word = fc.stringMatching(/^[a-z]{1,20}$/);
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 40, max: 90 }),
        (words, columns) => {
          const text = wrapped(`  ${words.join(" ")}`, columns);
          expect(text.split(/\s+/).filter((one) => one !== "")).toEqual(words);
          for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(columns);
        },
      ),
      { numRuns: runs(100) },
    );
  });
});
