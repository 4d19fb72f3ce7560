import { describe, expect, it } from "vitest";
import { shortfall } from "../../src/simulation/expectation.ts";

const online = (state: string) => ({ availability: "online", state });
const between = { values: { temperature: { from: 20, to: 25 } } };

describe("what is missing for an expectation", () => {
  it.each([20, 22.5, 25])("is nothing at %d for 20 to 25", (temperature) => {
    expect(shortfall(between, online(JSON.stringify({ temperature })))).toBeUndefined();
  });

  it.each([19.9, 25.1])("is told at %d for 20 to 25", (temperature) => {
    const missing = shortfall(between, online(JSON.stringify({ temperature })));
    expect(missing).toBe(`should have temperature from 20 to 25, but temperature is ${temperature}`);
  });

  it("names only the values that are wrong, and those that are not there", () => {
    const wanted = { values: { temperature: 20, humidity: 50, pressure: 1000 } };
    expect(shortfall(wanted, online('{"temperature":20,"humidity":60}'))).toBe(
      "should have humidity 50 and pressure 1000, but humidity is 60 and pressure is not there",
    );
  });

  it("is the device itself while nothing was said of it", () => {
    const nothing = { availability: undefined, state: undefined };
    expect(shortfall({ availability: "online" }, nothing)).toBe("should be online, but is silent");
    expect(shortfall({ word: "ON" }, nothing)).toBe("should be ON, but is silent");
    expect(shortfall({ word: "ON" }, { availability: "online", state: undefined })).toBe(
      "should be ON, but has said nothing yet",
    );
  });
});
