import { describe, expect, it } from "vitest";
import { FakeBus } from "../fakes/bus.ts";
import { checkDeviceMessage } from "./documented.ts";
import { HomeAssistant } from "./home-assistant.ts";
import { devices, deviceTopic, fan, lamp, legacy, manifestTopic, relays, runs, start } from "./runs.ts";

const climate = (more: string) => `  air: {kind: dht, topic: home/air, pin: 4${more}}\n`;

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
    expect(homeAssistant.warnings).toEqual([]);
    expect(homeAssistant.withoutState).toEqual([]);
  });

  it.each([
    ["another is taken out", devices(lamp(), fan()), devices(lamp(", area: Hall")), "fan__relay", ["lamp__relay"]],
    ["another is taken out, too,", devices(lamp(), fan()), legacy + devices(lamp()), "fan__relay", ["lamp__relay"]],
    [
      "another is shown as something else",
      devices(lamp(), fan()),
      devices(lamp(", show_as: light"), fan(", area: Hall")),
      "lamp__relay",
      ["fan__relay", "lamp__relay"],
    ],
    [
      "another of the same device is hidden",
      devices(climate(", area: Hall")),
      devices(climate(", home_assistant: {humidity: {discovery: false}}")),
      "air__humidity",
      ["air__temperature"],
    ],
  ])(
    "is handed over where %s by the same edit, and that one is forgotten",
    async (_what, before, after, gone, shown) => {
      const { homeAssistant } = await runs(before, after);
      const ofDevices = homeAssistant.shown.filter((id) => id.split("__").length > 2);
      expect(ofDevices).toEqual(shown.map((id) => `office-pi__${id}`));
      expect(homeAssistant.forgotten).toEqual([`office-pi__${gone}`]);
      expect(homeAssistant.shown).toContain("office-pi__uptime");
      expect(homeAssistant.warnings).toEqual([]);
    },
  );

  it("is handed over only seconds after Home Assistant was told what goes: while it is busy it misses things", async () => {
    const { bus } = await runs(devices(lamp(), fan()));
    const { clock } = await start(devices(lamp(", area: Hall")), bus);
    await clock.advance(1_500);
    const removal = JSON.parse(bus.retained.get(deviceTopic) ?? "");
    expect(removal.cmps).toEqual({ fan__relay__switch: { p: "switch" } });
    expect(() => checkDeviceMessage(removal)).not.toThrow();
    await clock.advance(1_000);
    expect(bus.retained.get(deviceTopic)).toBe('{"migrate_discovery":true}');
  });

  it("is announced only when the old topics are empty", async () => {
    const { bus } = await runs(legacy + devices(lamp()));
    const before = bus.published.length;
    const { clock } = await start(devices(lamp()), bus);
    await clock.advance(10_000);
    const said = bus.published.slice(before).filter(({ topic }) => topic.startsWith("homeassistant/"));
    const phases = said.map(({ topic, payload }) => (topic === deviceTopic ? "new" : payload || "empty"));
    expect([...new Set(phases)]).toEqual(['{"migrate_discovery":true}', "empty", "new"]);
    expect(bus.published.at(-2)?.topic).toBe(manifestTopic);
  });

  it("leaves a message on a topic that stays in use at all times: an empty one would be complained of", async () => {
    const { bus } = await runs(devices(lamp(), fan()), devices(lamp(), fan(", area: Bath")));
    expect(bus.on(deviceTopic)).not.toContain("");
    expect(bus.on(deviceTopic)).toContain('{"migrate_discovery":true}');
  });

  it.each([500, 1_500, 2_500, 3_500, 4_500])(
    "is handed over at the next connect where the connection broke after %i ms",
    async (ms) => {
      const yamls = [devices(lamp(), fan()), devices(lamp(), fan(", area: Bath"))] as const;
      const { bus, homeAssistant } = await runs(yamls[0]);
      const { shown } = homeAssistant;
      const { clock } = await start(yamls[1], bus);
      await clock.advance(ms);
      bus.disconnect();
      await clock.advance(20_000);
      bus.connect();
      await clock.advance(10_000);
      expect(homeAssistant.shown).toEqual(shown);
      expect([homeAssistant.forgotten, homeAssistant.warnings, homeAssistant.withoutState]).toEqual([[], [], []]);
      expect(bus.retained.get(deviceTopic)).not.toContain("fan__relay__switch");
    },
  );

  it("is not disturbed by a restart of Home Assistant", async () => {
    const yamls = [devices(lamp(), fan()), devices(lamp(), fan(", area: Bath"))] as const;
    const { bus, homeAssistant } = await runs(yamls[0]);
    const { list } = homeAssistant;
    const { clock } = await start(yamls[1], bus);
    homeAssistant.shutDown();
    await clock.advance(1_000);
    homeAssistant.connect();
    for (let second = 0; second < 20; second += 1) {
      await clock.advance(1_000);
      homeAssistant.read();
    }
    expect(homeAssistant.shown).toEqual(list);
    expect(homeAssistant.list).toEqual(list);
    expect(homeAssistant.warnings).toEqual([]);
  });

  it("is said in the log, with what was taken back", async () => {
    const { log } = await runs(devices(lamp(), fan()), legacy + devices(lamp()));
    expect(log.at("info").at(-1)).toMatchObject({ components: ["fan__relay__switch"], topics: [deviceTopic] });
  });

  it("says once in the log what was taken back, however often it connects while no Home Assistant runs", async () => {
    const { log: first, bus } = await runs(devices(lamp(), fan()), devices(lamp()));
    const { clock, log: second } = await start(devices(lamp()), bus);
    await clock.advance(10_000);
    const takenBack = (log: typeof first) => log.at("info").filter(({ message }) => message.startsWith("took back"));
    expect([takenBack(first).length, takenBack(second).length]).toEqual([1, 0]);
    expect(JSON.parse(bus.retained.get(manifestTopic) ?? "").removed).toEqual({
      [deviceTopic]: { fan__relay__switch: "switch" },
    });
  });

  it("is not disturbed by a Home Assistant that comes back to the broker before it was told to let go", async () => {
    const { bus, homeAssistant } = await runs(devices(lamp(), fan()));
    homeAssistant.read();
    const { clock } = await start(devices(lamp(", area: Hall")), bus, { random: () => 0 });
    bus.receive("homeassistant/status", "online");
    for (let second = 0; second < 20; second += 1) {
      await clock.advance(1_000);
      homeAssistant.read();
    }
    expect(relays(homeAssistant)).toEqual(["office-pi__lamp__relay"]);
    expect(homeAssistant.forgotten).toContain("office-pi__fan__relay");
    expect(homeAssistant.warnings).toEqual([]);
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

  it.each([
    ["while it hands over", devices(lamp()), '{"migrate_discovery":true}'],
    ["while it takes back what goes", devices(lamp(), fan()), '"cmps":{"fan__relay__switch":{"p":"switch"}}'],
  ])("leaves no timer behind when the agent is stopped %s", async (_when, before, said) => {
    const { bus } = await runs(before);
    const { announcer, clock } = await start(devices(lamp(", area: Bath")), bus);
    await clock.advance(500);
    expect(bus.retained.get(deviceTopic)).toContain(said);
    announcer.stop();
    expect(clock.pending).toBe(0);
  });

  it("is another entity where it is shown as something else", async () => {
    const { bus, homeAssistant } = await runs(devices(lamp()), devices(lamp(", show_as: light")));
    expect(relays(homeAssistant)).toEqual(["office-pi__lamp__relay"]);
    expect(bus.retained.get(deviceTopic)).toContain('"lamp__relay__switch":{"p":"switch"}');
  });
});
