import { describe, expect, it } from "vitest";
import { startHouse } from "../fakes/house.ts";

const compressor = "devices:\n  fridge: {kind: relay, topic: fridge, pin: 17, min_off: 3m, min_on: 1m}\n";
const attributes = "fridge/attributes";
const nothing = { waits_for: null, wanted: null, until: null };

function said(bus: { retained: ReadonlyMap<string, string> }) {
  return JSON.parse(bus.retained.get(attributes) ?? "null") as Record<string, unknown> | null;
}

describe("what waits for a limit", () => {
  it("is published retained, with what is wanted, until it has happened or is wanted no more", async () => {
    const { bus, clock } = await startHouse(compressor);
    expect(said(bus)).toEqual(nothing);
    bus.receive("fridge", "on");
    expect(said(bus)).toMatchObject({ waits_for: "min_off", wanted: "ON" });
    bus.receive("fridge", "off");
    expect(said(bus)).toEqual(nothing);
    bus.receive("fridge", "on");
    await clock.advance(180_000);
    expect([said(bus), bus.retained.get("fridge/state")]).toEqual([nothing, "ON"]);
    bus.receive("fridge", "off");
    expect(said(bus)).toMatchObject({ waits_for: "min_on", wanted: "OFF" });
  });

  it("says until when, where the time is known", async () => {
    const { bus, clock } = await startHouse(compressor);
    await clock.advance(10 * 60_000);
    bus.receive("fridge", "on");
    bus.receive("fridge", "off");
    const until = Date.parse(String(said(bus)?.["until"]));
    expect(until - clock.now().getTime()).toBe(60_000);
  });

  it("is said again to a broker that may have lost it, and is nothing once the device has stopped", async () => {
    const { bus, agent } = await startHouse(compressor);
    bus.receive("fridge", "on");
    const before = bus.on(attributes).length;
    bus.disconnect({ forget: true });
    bus.connect();
    expect(bus.on(attributes).length).toBeGreaterThan(before);
    await agent.stop();
    expect(said(bus)).toEqual(nothing);
  });

  it("is not published for an output that never waits", async () => {
    const { bus } = await startHouse(
      "devices:\n  lamp: {kind: relay, topic: lamp, pin: 17, max_on: 1h, auto_off: 1m}\n",
    );
    bus.receive("lamp", "on");
    expect(bus.on("lamp/attributes")).toEqual([]);
  });
});
