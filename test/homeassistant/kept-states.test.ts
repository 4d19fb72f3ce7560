import { describe, expect, it } from "vitest";
import { FakeBus } from "../fakes/bus.ts";
import { devices, fan, lamp, manifestTopic, runs, start } from "./runs.ts";

const climate = "  air: {kind: dht, topic: home/air, pin: 4}\n";

/** What the broker keeps below `home`. */
const kept = (bus: FakeBus) => [...bus.retained.keys()].filter((topic) => topic.startsWith("home/")).sort();

/** One devices.yaml after another, on a broker that keeps these topics from the first. */
async function edited(before: string, after: string, topics: readonly string[]) {
  const { bus } = await runs(before);
  for (const topic of topics) bus.retained.set(topic, "something");
  const { clock } = await start(after, bus);
  await clock.advance(10_000);
  return bus;
}

describe("what the broker keeps of a device", () => {
  const states = ["home/fan/state", "home/fan/availability", "home/air", "home/air/availability"];

  it("goes with the device", async () => {
    const bus = await edited(devices(lamp(), fan(), climate), devices(lamp()), states);
    expect(kept(bus)).toEqual([]);
  });

  it("goes when the device moves to another topic, or is hidden from Home Assistant and then goes", async () => {
    const moved = devices(lamp(), fan(), climate).replaceAll("home/", "house/");
    expect(kept(await edited(devices(lamp(), fan(), climate), moved, states))).toEqual([]);
    const hidden = devices(lamp(), fan(", home_assistant: {discovery: false}"));
    expect(kept(await edited(hidden, devices(lamp()), states.slice(0, 2)))).toEqual([]);
  });

  it("goes with the limit for which something may have waited", async () => {
    const limited = devices(lamp(), fan(", min_off: 1m"));
    expect(kept(await edited(limited, devices(lamp(), fan()), ["home/fan/attributes"]))).toEqual([]);
    expect(kept(await edited(limited, limited, ["home/fan/attributes"]))).toEqual(["home/fan/attributes"]);
    expect(kept(await edited(limited, devices(lamp()), ["home/fan/attributes"]))).toEqual([]);
  });

  it("goes with the use that was shown", async () => {
    const shown = devices(lamp(), fan(", show_use: true"));
    expect(kept(await edited(shown, devices(lamp(), fan()), ["home/fan/use"]))).toEqual([]);
    expect(kept(await edited(shown, shown, ["home/fan/use"]))).toEqual(["home/fan/use"]);
    expect(kept(await edited(shown, devices(lamp()), ["home/fan/use"]))).toEqual([]);
  });

  it("stays while the device does", async () => {
    const bus = await edited(
      devices(lamp(), fan(), climate),
      devices(lamp(), climate, fan(", name: Ventilator")),
      states,
    );
    expect(kept(bus)).toEqual([...states].sort());
  });

  it("stays where another device has the topic now, however it uses it", async () => {
    const successor = "  other: {kind: contact, topic: home/fan/state, pin: 5}\n";
    const bus = await edited(devices(fan()), devices(lamp(), successor), ["home/fan/state", "home/fan/availability"]);
    expect(kept(bus)).toEqual(["home/fan/state"]);
    const asCommand = "  other: {kind: relay, topic: home/air, pin: 5}\n";
    expect(kept(await edited(devices(climate), devices(asCommand), ["home/air"]))).toEqual(["home/air"]);
  });

  it("is asked for, in case another machine has the device now", async () => {
    const bus = await edited(devices(lamp(), fan()), devices(lamp()), states.slice(0, 2));
    const last = bus.published.findLastIndex(({ topic }) => topic === "home/fan/availability");
    expect(bus.published[last + 1]).toEqual({ topic: "home/fan/get", payload: "", retain: false });
  });
});

describe("topics that a stranger named", () => {
  it.each([
    "$SYS/broker",
    "home/+",
    "home/#",
    "#",
    "",
    "/home",
    "pi2mqtt/office-pi",
    "pi2mqtt/attic-pi",
    "pi2mqtt/attic-pi/health",
    "homeassistant",
    "homeassistant/device/attic-pi/config",
    "homeassistant/status",
    "home/lamp",
    "home/lamp/set",
  ])("are left alone: %j", async (topic) => {
    const bus = new FakeBus();
    const announced = { "homeassistant/device/office-pi/config": { lamp__relay__switch: "switch" } };
    for (const state of ["", "state"]) {
      bus.retained.set(manifestTopic, JSON.stringify({ announced, devices: { [topic]: [state, "availability"] } }));
      const { announcer, clock } = await start(devices(lamp()), bus);
      await clock.advance(10_000);
      announcer.stop();
    }
    const emptied = bus.published.filter(({ payload }) => payload === "").map((message) => message.topic);
    // Below a device's topic there may be a device that is gone.
    expect(emptied.filter((one) => !one.startsWith("home/lamp/set/"))).toEqual([]);
  });
});
