import { describe, expect, it } from "vitest";
import { entityPlatforms } from "../../src/core/entity.ts";
import { announcements } from "../../src/homeassistant/announcement.ts";
import { uniqueIdOf } from "../../src/homeassistant/component.ts";
import { componentsOf } from "../../src/homeassistant/difference.ts";
import { FakeBus } from "../fakes/bus.ts";
import { HomeAssistant } from "./home-assistant.ts";
import { houseOf } from "./houses.ts";
import { devices, deviceTopic, fan, lamp, legacy, manifestTopic, runs, start } from "./runs.ts";

/** Home Assistant knew the fan, and was not running when it was taken out of devices.yaml. */
async function removedMeanwhile(before: string, after: string) {
  const { bus, homeAssistant } = await runs(before);
  homeAssistant.read();
  homeAssistant.shutDown();
  const { clock, announcer } = await start(after, bus);
  await clock.advance(10_000);
  return { announcer, bus, clock, homeAssistant };
}

describe("what went while Home Assistant was not running", () => {
  it.each([
    ["from the message for all", devices(lamp(), fan()), devices(lamp())],
    ["with an area of its own", devices(lamp(), fan(", area: Bath")), devices(lamp())],
    ["before 2024.11", legacy + devices(lamp(), fan()), legacy + devices(lamp())],
    ["with an area, before 2024.11", legacy + devices(lamp(), fan(", area: Bath")), legacy + devices(lamp())],
    ["by an edit that moves others", devices(lamp(), fan()), devices(lamp(", area: Hall"))],
    ["and became something else", devices(lamp(), fan()), devices(lamp(), fan(", show_as: light"))],
  ])("leaves its list when it starts: %s", async (_how, before, after) => {
    const { clock, homeAssistant } = await removedMeanwhile(before, after);
    homeAssistant.connect();
    await clock.advance(10_000);
    expect(homeAssistant.list).toEqual(homeAssistant.shown);
    expect(homeAssistant.forgotten).toEqual(["office-pi__fan__relay"]);
    expect(homeAssistant.warnings).toEqual([]);
  });

  it("leaves its list when it starts, also where the agent started anew in between, or was away then", async () => {
    const { announcer, bus, homeAssistant } = await removedMeanwhile(devices(lamp(), fan()), devices(lamp()));
    announcer.stop();
    bus.disconnect();
    homeAssistant.connect();
    homeAssistant.shutDown();
    expect(homeAssistant.list).toContain("office-pi__fan__relay");
    const { clock } = await start(devices(lamp()), bus);
    await clock.advance(10_000);
    homeAssistant.connect();
    await clock.advance(10_000);
    expect(homeAssistant.list).toEqual(homeAssistant.shown);
  });

  it("is told of once: the broker keeps nothing of it, and the next start is as any other", async () => {
    const { bus, clock, homeAssistant } = await removedMeanwhile(devices(lamp(), fan(", area: Bath")), devices(lamp()));
    homeAssistant.connect();
    await clock.advance(10_000);
    expect(JSON.stringify([...bus.retained])).not.toContain("fan");
    homeAssistant.shutDown();
    const before = bus.published.length;
    homeAssistant.connect();
    await clock.advance(10_000);
    const topics = bus.published.slice(before).map(({ topic }) => topic);
    expect(topics).toEqual([deviceTopic, manifestTopic, "states"]);
  });

  it("is not done with before the second of its messages: what is cut off is said again at the next start", async () => {
    const { bus, clock, homeAssistant } = await removedMeanwhile(devices(lamp(), fan()), devices(lamp()));
    homeAssistant.connect();
    await clock.advance(2_000);
    expect(homeAssistant.shown).toContain("office-pi__fan__relay");
    bus.disconnect();
    await clock.advance(10_000);
    bus.connect();
    await clock.advance(10_000);
    homeAssistant.shutDown();
    homeAssistant.connect();
    await clock.advance(10_000);
    expect(homeAssistant.list).toEqual(homeAssistant.shown);
  });

  it("comes back when it is put in again before Home Assistant starts", async () => {
    const { bus, homeAssistant } = await removedMeanwhile(devices(lamp(), fan()), devices(lamp()));
    const { clock } = await start(devices(lamp(), fan()), bus);
    await clock.advance(10_000);
    homeAssistant.connect();
    await clock.advance(10_000);
    expect(homeAssistant.shown).toContain("office-pi__fan__relay");
    expect(homeAssistant.forgotten).toEqual([]);
  });

  it.each(entityPlatforms)("can be a %s: the message has what its page requires", async (platform) => {
    const bus = new FakeBus();
    const homeAssistant = new HomeAssistant(bus);
    const removed = {
      [deviceTopic]: { [`fan__relay__${platform}`]: platform },
      [`homeassistant/${platform}/office-pi__hall/hall__relay__${platform}/config`]: {
        [`hall__relay__${platform}`]: platform,
      },
    };
    bus.retained.set(manifestTopic, JSON.stringify({ announced: {}, removed }));
    const { clock } = await start(devices(lamp()), bus);
    await clock.advance(5_000);
    bus.receive("homeassistant/status", "online");
    await clock.advance(10_000);
    homeAssistant.read();
    expect(homeAssistant.forgotten).toEqual(["office-pi__fan__relay", "office-pi__hall__relay"]);
    expect(homeAssistant.warnings).toEqual([]);
  });
});

describe("the unique id that a removal needs", () => {
  it.each(["", legacy])("follows from the component's id and platform %s", (section) => {
    const climate = "  air: {kind: dht, topic: home/air, pin: 4, area: Hall}\n";
    const all = announcements(houseOf(section + devices(lamp(), fan(", show_as: light"), climate)));
    const derived = Object.values(componentsOf(all)).flatMap((ids) =>
      Object.entries(ids).map(([id, platform]) =>
        platform === "device_automation" ? undefined : uniqueIdOf(id, platform, "office-pi"),
      ),
    );
    const announced = all.flatMap(({ components }) => Object.values(components).map((one) => one["unique_id"]));
    expect(announced.length).toBeGreaterThan(10);
    expect(derived).toEqual(announced);
  });
});
