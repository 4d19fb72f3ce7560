import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TwiceHeard } from "../../src/mqtt/twice-heard.ts";
import { runs } from "../property-runs.ts";

const message = (topic: string, text: string) => ({ topic, payload: new TextEncoder().encode(text) });
const [first, second] = [{}, {}];

describe("a message that comes over two connections", () => {
  it("counts once, and comes again only when it was sent again", () => {
    const twice = new TwiceHeard();
    const hear = (via: object, atMs: number) => twice.isRepeated(message("lamp/set", "toggle"), via, atMs);
    expect([hear(first, 0), hear(second, 1), hear(second, 2), hear(first, 3)]).toEqual([false, true, false, true]);
  });

  it("counts twice over one connection, with another payload, on another topic, and a second later", () => {
    const twice = new TwiceHeard();
    const hear = (topic: string, text: string, via: object, atMs: number) =>
      twice.isRepeated(message(topic, text), via, atMs);
    expect(hear("lamp/set", "toggle", first, 0)).toBe(false);
    expect(hear("lamp/set", "toggle", first, 1)).toBe(false);
    expect(hear("lamp/set", "on", second, 2)).toBe(false);
    expect(hear("door/set", "toggle", second, 3)).toBe(false);
    expect(hear("lamp/set", "toggle", second, 999)).toBe(true);
    expect(hear("lamp/set", "toggle", second, 1_001)).toBe(false);
  });

  it("is found whatever came between: one of the other connection within a second takes one away", () => {
    const heard = fc.record({
      text: fc.constantFrom("on", "off", "toggle"),
      via: fc.constantFrom(first, second),
      passedMs: fc.nat(700),
    });
    fc.assert(
      fc.property(fc.array(heard, { maxLength: 40 }), (all) => {
        const twice = new TwiceHeard();
        const open: { readonly text: string; readonly via: object; readonly atMs: number }[] = [];
        let atMs = 0;
        for (const { text, via, passedMs } of all) {
          atMs += passedMs;
          const twin = open.findIndex((one) => one.text === text && one.via !== via && atMs - one.atMs < 1_000);
          expect(twice.isRepeated(message("lamp/set", text), via, atMs)).toBe(twin !== -1);
          if (twin === -1) open.push({ text, via, atMs });
          else open.splice(twin, 1);
        }
      }),
      { numRuns: runs(200) },
    );
  });

  it("is looked for in no longer time among many others", () => {
    const twice = new TwiceHeard();
    const hear = (via: object, atMs: number) => twice.isRepeated(message("lamp/set", "toggle"), via, atMs);
    const many = 50_000;
    let repeated = 0;
    for (let count = 0; count < many; count += 1) if (hear(first, count / 200)) repeated += 1;
    expect(repeated).toBe(0);
    for (let count = 0; count < many; count += 1) if (hear(second, 600)) repeated += 1;
    expect(repeated).toBe(many);
    expect(hear(second, 600)).toBe(false);
  });
});
