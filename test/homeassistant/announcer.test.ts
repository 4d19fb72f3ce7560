import { describe, expect, it } from "vitest";
import { Announcer } from "../../src/homeassistant/announcer.ts";
import { FakeBus } from "../fakes/bus.ts";
import { FakeClock, settled } from "../fakes/clock.ts";
import { FakeLog } from "../fakes/log.ts";
import { HomeAssistant } from "./home-assistant.ts";
import { houseOf } from "./houses.ts";

const manifestTopic = "pi2mqtt/office-pi/announced";
const deviceTopic = "homeassistant/device/office-pi/config";
const lamp = (more = "") => `  lamp: {kind: relay, topic: home/lamp, pin: 17${more}}\n`;
const fan = (more = "") => `  fan: {kind: relay, topic: home/fan, pin: 18${more}}\n`;
const devices = (...some: string[]) => `devices:\n${some.join("")}`;
const legacy = "home_assistant: {discovery: legacy}\n";

/** An agent's announcer on a broker; what it says of states is seen on the topic `states`. */
async function start(yaml: string, bus = new FakeBus(), random = () => 0.5) {
  const clock = new FakeClock();
  const log = new FakeLog();
  const announceStates = () => bus.publish("states", "all of them");
  const publish = bus.publish.bind(bus);
  const announcer = new Announcer(houseOf(yaml), { publish, clock, random, log, announceStates });
  bus.listen({
    topics: announcer.topics,
    kept: announcer.kept,
    message: (message) => announcer.message(message),
    connected: () => {
      announcer.connected();
      announceStates();
    },
  });
  await settled();
  return { announcer, bus, clock, log };
}

/** One run of an agent after the other on the same broker, with the same Home Assistant. */
async function runs(...yamls: string[]) {
  const bus = new FakeBus();
  const homeAssistant = new HomeAssistant(bus);
  let run = await start(yamls[0] ?? "", bus);
  await run.clock.advance(10_000);
  for (const yaml of yamls.slice(1)) {
    run.announcer.stop();
    homeAssistant.read();
    run = await start(yaml, bus);
    await run.clock.advance(10_000);
  }
  return { ...run, homeAssistant };
}

const relays = (homeAssistant: HomeAssistant) => homeAssistant.shown.filter((id) => id.endsWith("__relay"));
const topicsOf = (bus: FakeBus, from = 0) => bus.published.slice(from).map(({ topic }) => topic);

describe("at each connect", () => {
  it("announces before the states are said", async () => {
    const { bus } = await start(devices(lamp()));
    expect(topicsOf(bus)).toEqual([deviceTopic, "states"]);
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
    const { bus, clock } = await start(devices(lamp()), new FakeBus(), () => 0.5);
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
    expect(bus.retained.get(deviceTopic)).not.toContain("fan");
    expect(bus.retained.get(manifestTopic)).not.toContain("fan");
  });

  it("disappears by what the broker sends before it acknowledges the subscription, too", async () => {
    const { bus } = await runs(devices(lamp(), fan(", area: Bath")));
    const manifest = bus.retained.get(manifestTopic) ?? "";
    const eager = new FakeBus();
    const { announcer, clock } = await start(devices(lamp()), eager);
    for (const _connect of ["first", "second"]) {
      eager.disconnect({ forget: true });
      announcer.message({ topic: manifestTopic, payload: new TextEncoder().encode(manifest), retained: true });
      eager.connect();
      const before = eager.published.length;
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

describe("what is announced otherwise than before", () => {
  it.each([
    ["to one message per entity", devices(lamp(), fan()), legacy + devices(lamp(), fan())],
    ["to one message for all", legacy + devices(lamp(), fan()), devices(lamp(), fan())],
    ["to an area", devices(lamp(), fan()), devices(lamp(), fan(", area: Bath"))],
    ["from an area", devices(lamp(), fan(", area: Bath")), devices(lamp(), fan())],
    ["to another area", devices(lamp(), fan(", area: Bath")), devices(lamp(), fan(", area: Attic"))],
  ])("is handed over %s: all is shown, and nothing forgotten that its owner set", async (_how, before, after) => {
    const bus = new FakeBus();
    const homeAssistant = new HomeAssistant(bus);
    const first = await start(before, bus);
    await first.clock.advance(10_000);
    const shown = homeAssistant.shown;
    const second = await start(after, bus);
    await second.clock.advance(10_000);
    expect(homeAssistant.shown).toEqual(shown);
    expect(homeAssistant.forgotten).toEqual([]);
  });

  it("is shown again by a Home Assistant that cannot hand over", async () => {
    const bus = new FakeBus();
    const homeAssistant = new HomeAssistant(bus, { isOld: true });
    const first = await start(legacy + devices(lamp(), fan()), bus);
    await first.clock.advance(10_000);
    const shown = homeAssistant.shown;
    const second = await start(legacy + devices(lamp(), fan(", area: Bath")), bus);
    await second.clock.advance(10_000);
    expect(homeAssistant.shown).toEqual(shown);
  });

  it("leaves no timer behind when the agent is stopped meanwhile", async () => {
    const { bus } = await runs(devices(lamp()));
    const { announcer, clock } = await start(devices(lamp(", area: Bath")), bus);
    await clock.advance(2_500);
    expect(bus.retained.get(deviceTopic)).toBe('{"migrate_discovery":true}');
    announcer.stop();
    expect(clock.pending).toBe(0);
  });

  it("is another entity where it is shown as something else", async () => {
    const { bus, homeAssistant } = await runs(devices(lamp()), devices(lamp(", show_as: light")));
    expect(relays(homeAssistant)).toEqual(["office-pi__lamp__relay"]);
    expect(bus.retained.get(deviceTopic)).toContain('"lamp__relay__switch":{"p":"switch"}');
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
      expect(JSON.parse(bus.retained.get(manifestTopic) ?? "")[deviceTopic]).toMatchObject({
        lamp__relay__switch: "switch",
      });
      expect(log.at("warn")).toHaveLength(1);
    },
  );
});
