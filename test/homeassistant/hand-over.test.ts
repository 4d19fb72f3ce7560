import { describe, expect, it } from "vitest";
import { FakeBus } from "../fakes/bus.ts";
import { checkDeviceMessage } from "./documented.ts";
import { HomeAssistant } from "./home-assistant.ts";
import { devices, deviceTopic, fan, lamp, legacy, relays, runs, start } from "./runs.ts";

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
    },
  );

  it("is handed over only seconds after Home Assistant was told what goes: while it is busy it misses things", async () => {
    const { bus } = await runs(devices(lamp(), fan()));
    const { clock } = await start(devices(lamp(", area: Hall")), bus);
    await clock.advance(3_500);
    const removal = JSON.parse(bus.retained.get(deviceTopic) ?? "");
    expect(removal.cmps).toEqual({ fan__relay__switch: { p: "switch" } });
    expect(() => checkDeviceMessage(removal)).not.toThrow();
    await clock.advance(1_000);
    expect(bus.retained.get(deviceTopic)).toBe('{"migrate_discovery":true}');
  });

  it("is said in the log, with what was taken back", async () => {
    const { log } = await runs(devices(lamp(), fan()), legacy + devices(lamp()));
    expect(log.at("info").at(-1)).toMatchObject({ components: ["fan__relay__switch"], topics: [deviceTopic] });
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
    await clock.advance(2_500);
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
