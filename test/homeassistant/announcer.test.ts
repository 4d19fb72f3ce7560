import { describe, expect, it } from "vitest";
import { FakeBus } from "../fakes/bus.ts";
import { devices, deviceTopic, fan, lamp, legacy, manifestTopic, relays, runs, start } from "./runs.ts";

const topicsOf = (bus: FakeBus, from = 0) => bus.published.slice(from).map(({ topic }) => topic);

describe("at each connect", () => {
  it("says the states at once, and where the broker has nothing kept, the rest and the states again two seconds later", async () => {
    const { bus, clock } = await start(devices(lamp()));
    await clock.advance(1_900);
    expect(topicsOf(bus)).toEqual(["states"]);
    await clock.advance(200);
    expect(topicsOf(bus)).toEqual(["states", deviceTopic, manifestTopic, "states"]);
  });

  it.each([
    ["before", true, [deviceTopic, manifestTopic, "states"]],
    ["after", false, ["states", deviceTopic, manifestTopic]],
  ])("announces at once, where the manifest comes %s the connection is told of", async (_when, isEager, topics) => {
    const bus = new FakeBus({ isEager });
    await runs(bus, devices(lamp()));
    const before = bus.published.length;
    await start(devices(lamp()), bus);
    expect(topicsOf(bus, before)).toEqual(topics);
  });

  it.each([
    ["a device is new", devices(lamp(), fan()), true],
    ["a device moved to another topic", devices(lamp()).replace("home/lamp", "home/light"), true],
    ["only its name is another", devices(lamp(", name: Light")), false],
  ])(
    "says the states again after the announcement where they may have been nobody's: %s",
    async (_what, after, again) => {
      const { bus } = await runs(devices(lamp()));
      const before = bus.published.length;
      const { clock } = await start(after, bus);
      await clock.advance(10_000);
      const topics = topicsOf(bus, before);
      expect(topics.lastIndexOf("states") > topics.indexOf(deviceTopic)).toBe(again);
    },
  );

  it("says the states once where the manifest came first, after what is new", async () => {
    const { bus } = await runs(new FakeBus({ isEager: true }), devices(lamp()));
    const before = bus.published.length;
    const { clock } = await start(devices(lamp(), fan()), bus);
    await clock.advance(10_000);
    expect(topicsOf(bus, before)).toEqual([deviceTopic, manifestTopic, "states"]);
  });

  it("compares again with a manifest that comes late", async () => {
    const { bus } = await runs(devices(lamp(), fan(", area: Bath")));
    const manifest = bus.retained.get(manifestTopic) ?? "";
    const slow = new FakeBus();
    const { clock } = await start(devices(lamp()), slow);
    await clock.advance(5_000);
    slow.receive(manifestTopic, manifest, { retained: true });
    await clock.advance(5_000);
    expect(slow.on("homeassistant/device/office-pi__fan/config")).toEqual([""]);
  });

  it("says everything again to a broker that lost its store, and remembers it there again", async () => {
    const { bus, clock } = await start(devices(lamp()));
    await clock.advance(10_000);
    const before = new Map(bus.retained);
    bus.disconnect({ forget: true });
    bus.connect();
    await clock.advance(10_000);
    expect(bus.retained).toEqual(before);
    expect(bus.retained.has(manifestTopic)).toBe(true);
  });

  it("changes nothing for an agent that comes back unchanged", async () => {
    const { bus, homeAssistant } = await runs(devices(lamp(), fan()), devices(lamp(), fan()));
    expect(new Set(bus.on(deviceTopic)).size).toBe(1);
    expect(relays(homeAssistant)).toHaveLength(2);
    expect(homeAssistant.warnings).toEqual([]);
  });

  it("leaves no timer behind when it is stopped", async () => {
    const { announcer, bus, clock } = await start(devices(lamp()));
    bus.receive("homeassistant/status", "online");
    announcer.stop();
    expect(clock.pending).toBe(0);
  });
});

describe("a restart of Home Assistant", () => {
  it("is answered with discovery and then the states, after a jitter", async () => {
    const { bus, clock } = await start(devices(lamp()), new FakeBus(), { random: () => 0.5 });
    await clock.advance(10_000);
    const before = bus.published.length;
    bus.receive("homeassistant/status", "online");
    await clock.advance(1_400);
    expect(topicsOf(bus, before)).toEqual([]);
    await clock.advance(200);
    expect(topicsOf(bus, before)).toEqual([deviceTopic, manifestTopic, "states"]);
  });

  it("is answered once, however often it is said in that time", async () => {
    const { bus, clock } = await start(devices(lamp()));
    await clock.advance(10_000);
    const before = bus.on("states").length;
    for (const _time of [1, 2, 3]) bus.receive("homeassistant/status", "online");
    await clock.advance(10_000);
    expect(bus.on("states")).toHaveLength(before + 1);
  });

  it.each([
    ["an offline", "offline", false],
    ["a retained online", "online", true],
    ["nonsense", "\0", false],
  ])("is not taken for one by %s", async (_what, payload, retained) => {
    const { bus, clock } = await start(devices(lamp()));
    await clock.advance(10_000);
    const before = bus.published.length;
    bus.receive("homeassistant/status", payload, { retained });
    await clock.advance(10_000);
    expect(topicsOf(bus, before)).toEqual([]);
  });

  it("is answered when it is clear what was announced before", async () => {
    const bus = new FakeBus();
    const { clock } = await start(devices(lamp()), bus, { random: () => 0 });
    bus.receive("homeassistant/status", "online");
    await clock.advance(1_500);
    expect(topicsOf(bus)).toEqual(["states"]);
    await clock.advance(10_000);
    expect(bus.on("states")).toHaveLength(3);
  });

  it("is heard where the owner says that it is told", async () => {
    const { announcer } = await start(`home_assistant: {status_topic: ha/birth}\n${devices(lamp())}`);
    expect(announcer.topics).toEqual(["ha/birth"]);
  });
});

describe("what is taken out of devices.yaml", () => {
  it("disappears from Home Assistant, and the rest stays", async () => {
    const { homeAssistant } = await runs(devices(lamp(), fan()), devices(lamp()));
    expect(relays(homeAssistant)).toEqual(["office-pi__lamp__relay"]);
    expect(homeAssistant.forgotten).toEqual(["office-pi__fan__relay"]);
    expect(homeAssistant.shown).toContain("office-pi__uptime");
  });

  it("disappears too where Home Assistant could not hear it, and is then left out of the message", async () => {
    const { bus, homeAssistant } = await runs(devices(lamp(), fan()));
    homeAssistant.disconnect();
    for (const _start of ["once", "again"]) {
      const { clock } = await start(devices(lamp()), bus);
      await clock.advance(10_000);
    }
    const { clock } = await start(devices(lamp()), bus);
    await clock.advance(10_000);
    expect(relays(homeAssistant)).toHaveLength(2);
    homeAssistant.connect();
    expect(relays(homeAssistant)).toEqual(["office-pi__lamp__relay"]);
    expect(homeAssistant.forgotten).toEqual(["office-pi__fan__relay"]);
    await clock.advance(10_000);
    expect(relays(homeAssistant)).toEqual(["office-pi__lamp__relay"]);
    expect(bus.retained.get(deviceTopic)).not.toContain("fan");
    expect(bus.retained.get(manifestTopic)).not.toContain("fan");
  });

  it("disappears by what the broker sends before it acknowledges the subscription, too", async () => {
    const { bus } = await runs(devices(lamp(), fan(", area: Bath")));
    const manifest = bus.retained.get(manifestTopic) ?? "";
    const eager = new FakeBus({ isEager: true });
    const { clock } = await start(devices(lamp()), eager);
    for (const _connect of ["first", "second"]) {
      eager.disconnect({ forget: true });
      eager.retained.set(manifestTopic, manifest);
      const before = eager.published.length;
      eager.connect();
      await clock.advance(10_000);
      expect(eager.published.slice(before)).toContainEqual({
        topic: "homeassistant/device/office-pi__fan/config",
        payload: "",
      });
    }
  });

  it("comes back when it is put in again", async () => {
    const { homeAssistant } = await runs(devices(lamp(), fan()), devices(lamp()), devices(lamp(), fan()));
    expect(relays(homeAssistant)).toEqual(["office-pi__fan__relay", "office-pi__lamp__relay"]);
  });

  it.each([
    ["with an area of its own", fan(", area: Bath"), ""],
    ["before 2024.11", fan(), legacy],
  ])("disappears %s", async (_what, second, section) => {
    const { bus, homeAssistant } = await runs(section + devices(lamp(), second), section + devices(lamp()));
    expect(relays(homeAssistant)).toEqual(["office-pi__lamp__relay"]);
    expect([...bus.retained.keys()].join()).not.toContain("fan");
  });

  it("includes all where discovery is switched off, and nothing is kept on the broker then", async () => {
    const off = `home_assistant: {discovery: false}\n${devices(lamp())}`;
    const { announcer, bus, homeAssistant } = await runs(devices(lamp(), fan(", area: Bath")), off);
    expect(homeAssistant.shown).toEqual([]);
    expect([...bus.retained.keys()]).toEqual(["states"]);
    expect(announcer.topics).toEqual([]);
  });
});

describe("the list of what was announced", () => {
  it("is not believed where somebody else wrote it", async () => {
    const bus = new FakeBus();
    const foreign = {
      "home/lamp": { lamp__relay__switch: "switch" },
      "homeassistant/device/attic-pi/config": { lamp__relay__switch: "switch" },
      "home/+/device/office-pi/config": { lamp__relay__switch: "switch" },
      "homeassistant/device/office-pi-2/config": { lamp__relay__switch: "switch" },
    };
    bus.retained.set(manifestTopic, JSON.stringify(foreign));
    const { clock } = await start(devices(lamp()), bus);
    await clock.advance(10_000);
    expect(new Set(topicsOf(bus))).toEqual(new Set([deviceTopic, "states", manifestTopic]));
  });

  it.each(["{", "[]", '{"a":1}', '{"homeassistant/device/office-pi/config":{"a":"b"}}'])(
    "is written anew where it is %s",
    async (nonsense) => {
      const bus = new FakeBus();
      bus.retained.set(manifestTopic, nonsense);
      const { clock, log } = await start(devices(lamp()), bus);
      await clock.advance(10_000);
      expect(JSON.parse(bus.retained.get(manifestTopic) ?? "").announced[deviceTopic]).toMatchObject({
        lamp__relay__switch: "switch",
      });
      expect(log.at("warn")).toHaveLength(1);
    },
  );
});
