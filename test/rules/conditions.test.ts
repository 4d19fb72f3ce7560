import { describe, expect, it } from "vitest";
import { FakeClock } from "../fakes/clock.ts";
import { type RuledParts, ruledHouse } from "./ruled-house.ts";

/** A rule that the button sets off, with these conditions, as flow YAML. */
const withIf = (conditions: string, parts?: RuledParts) =>
  ruledHouse(
    `  it: {when: {device: button, event: single}, if: ${conditions}, then: {device: lamp, command: "on"}}`,
    parts,
  );

/** A clock that shows this in Berlin, which is one hour before UTC in winter and two in summer. */
const at = (utc: string) => ({ clock: new FakeClock({ start: new Date(utc) }) });

describe("a rule is carried out", () => {
  it.each([
    ["{device: holiday, state: ON}", true],
    ["{device: holiday, state: OFF}", false],
    ["{measure: cellar, above: 19}", true],
    ["{measure: cellar, above: 20}", false],
    ["{measure: cellar, above: 19, below: 21}", true],
    ["{device: cellar, availability: online}", true],
    ["{device: cellar, availability: offline}", false],
    ["{broker: online}", true],
    ["{broker: offline}", false],
    ["{not: {device: holiday, state: ON}}", false],
    ["{not: {device: holiday, state: OFF}}", true],
    ["{any: [{device: holiday, state: OFF}, {measure: cellar, above: 19}]}", true],
    ["{any: [{device: holiday, state: OFF}, {measure: cellar, above: 20}]}", false],
    ["{all: [{device: holiday, state: ON}, {measure: cellar, above: 20}]}", false],
    ["[{device: holiday, state: ON}, {measure: cellar, above: 19}]", true],
    ["[{device: holiday, state: ON}, {measure: cellar, above: 20}]", false],
    ["{device: holiday, state: ON, measure: cellar, above: 20}", false],
    ["{device: holiday, state: ON, measure: cellar, above: 19}", true],
    ["{not: {any: [{device: holiday, state: OFF}, {all: [{measure: cellar, above: 30}]}]}}", true],
  ])("if %s: %s", async (conditions, isOn) => {
    const house = await withIf(conditions);
    await house.send("holiday/set", "on");
    await house.press();
    expect(house.lamp()).toBe(isOn);
  });

  it.each([
    ['{time: {after: "17:00", before: "18:30"}}', "2026-11-22T15:59:00Z", false],
    ['{time: {after: "17:00", before: "18:30"}}', "2026-11-22T16:00:00Z", true],
    ['{time: {after: "17:00", before: "18:30"}}', "2026-11-22T17:29:00Z", true],
    ['{time: {after: "17:00", before: "18:30"}}', "2026-11-22T17:30:00Z", false],
    ['{time: {after: "22:00", before: "06:00"}}', "2026-11-22T22:30:00Z", true],
    ['{time: {after: "22:00", before: "06:00"}}', "2026-11-22T04:59:00Z", true],
    ['{time: {after: "22:00", before: "06:00"}}', "2026-11-22T05:00:00Z", false],
    ['{time: {after: "17:00"}}', "2026-11-22T22:59:00Z", true],
    ['{time: {after: "17:00"}}', "2026-11-22T23:00:00Z", false],
    ['{time: {before: "06:00"}}', "2026-11-22T23:00:00Z", true],
    // In summer Berlin is two hours before UTC.
    ['{time: {after: "17:00", before: "18:30"}}', "2026-07-22T15:00:00Z", true],
    // 22 November 2026 is a Sunday; in Berlin the Monday begins at 23:00 UTC.
    ["{weekday: sun}", "2026-11-22T22:58:00Z", true],
    ["{weekday: sun}", "2026-11-22T23:00:00Z", false],
    ["{weekday: [mon, tue, wed, thu, fri]}", "2026-11-22T23:00:00Z", true],
    ['{weekday: mon, time: {before: "00:30"}}', "2026-11-22T23:10:00Z", true],
    // In Berlin the sun is highest at 10:52:30 on that day, and up for 8 h 24 min.
    ["{sun: above_horizon}", "2026-11-22T06:38:00Z", false],
    ["{sun: above_horizon}", "2026-11-22T06:42:00Z", true],
    ["{sun: below_horizon}", "2026-11-22T15:02:00Z", false],
    ["{sun: below_horizon}", "2026-11-22T15:06:00Z", true],
  ])("if %s at %s: %s", async (conditions, utc, isOn) => {
    const house = await withIf(conditions, at(utc));
    await house.press();
    expect(house.lamp()).toBe(isOn);
  });
});

describe("what nobody knows is neither so nor not", () => {
  it.each([
    "{measure: cellar, below: 30}",
    "{not: {measure: cellar, above: 30}}",
    "{any: [{measure: cellar, below: 30}]}",
  ])("at a sensor that has failed, %s", async (conditions) => {
    const house = await withIf(conditions);
    await house.read("fails");
    await house.press();
    expect(house.lamp()).toBe(false);
    await house.read({ temperature: 20 });
    await house.press();
    expect(house.lamp()).toBe(true);
  });

  it("but another condition of the group may decide", async () => {
    const house = await withIf("{any: [{measure: cellar, below: 30}, {device: holiday, state: OFF}]}", {
      first: "fails",
    });
    await house.press();
    expect(house.lamp()).toBe(true);
  });

  it("of a time of day while the clock is not known", async () => {
    const house = await withIf('{not: {time: {after: "03:00", before: "03:01"}}}', {
      clock: new FakeClock({ start: new Date(0) }),
    });
    await house.press();
    expect(house.lamp()).toBe(false);
  });
});
