import { describe, expect, it } from "vitest";
import { FakeBus } from "../fakes/bus.ts";
import { HomeAssistant } from "./home-assistant.ts";
import { devices, fan, lamp, manifestTopic, relays, start } from "./runs.ts";

const minute = 60_000;

/** Two machines of one id, of which the second one connects later. */
async function twoMachines(first: string, second: string) {
  const bus = new FakeBus();
  const homeAssistant = new HomeAssistant(bus);
  const one = await start(first, bus, { machine: "one" });
  await one.clock.advance(10_000);
  const manifest = bus.retained.get(manifestTopic);
  one.announcer.stop();
  const other = await start(second, bus, { machine: "other" });
  return { ...other, homeAssistant, manifest };
}

describe("what another machine has announced under the same id", () => {
  it("stays, beside what this one announces, while the two throw each other out", async () => {
    const { bus, clock, homeAssistant, log, manifest } = await twoMachines(
      devices(lamp()),
      devices(fan(", area: Bath")),
    );
    for (let times = 0; times < 17; times += 1) {
      await clock.advance(3_000);
      bus.disconnect();
      bus.connect();
    }
    expect(relays(homeAssistant)).toEqual(["office-pi__fan__relay", "office-pi__lamp__relay"]);
    expect([homeAssistant.forgotten, homeAssistant.warnings, homeAssistant.withoutState]).toEqual([[], [], []]);
    expect(bus.retained.get(manifestTopic)).toBe(manifest);
    expect(log.at("warn")).toHaveLength(1);
  });

  it("is taken over when this machine has been connected for five minutes, as after a change of the SD card", async () => {
    const { bus, clock, homeAssistant } = await twoMachines(devices(lamp(), fan()), devices(fan(", area: Bath")));
    await clock.advance(4 * minute);
    expect(homeAssistant.forgotten).toEqual([]);
    expect(relays(homeAssistant)).toEqual(["office-pi__fan__relay", "office-pi__lamp__relay"]);
    expect(homeAssistant.warnings).toEqual([]);
    await clock.advance(2 * minute);
    expect(relays(homeAssistant)).toEqual(["office-pi__fan__relay"]);
    expect(homeAssistant.forgotten).toEqual(["office-pi__lamp__relay"]);
    expect(homeAssistant.warnings).toEqual([]);
    expect(JSON.parse(bus.retained.get(manifestTopic) ?? "").machine).toBe("other");
  });

  it("is not taken over while that machine goes on announcing", async () => {
    const { bus, clock, homeAssistant, manifest = "" } = await twoMachines(devices(lamp()), devices(fan()));
    for (let times = 0; times < 4; times += 1) {
      await clock.advance(4 * minute);
      bus.receive(manifestTopic, manifest);
    }
    expect(relays(homeAssistant)).toEqual(["office-pi__fan__relay", "office-pi__lamp__relay"]);
    await clock.advance(6 * minute);
    expect(relays(homeAssistant)).toEqual(["office-pi__fan__relay"]);
  });

  it("stays when Home Assistant starts again meanwhile", async () => {
    const { bus, clock, homeAssistant, manifest } = await twoMachines(devices(lamp()), devices(fan()));
    homeAssistant.disconnect();
    homeAssistant.connect();
    await clock.advance(10_000);
    expect(relays(homeAssistant)).toEqual(["office-pi__fan__relay", "office-pi__lamp__relay"]);
    expect(bus.retained.get(manifestTopic)).toBe(manifest);
  });

  it("leaves no timer behind when the agent is stopped", async () => {
    const { announcer, clock } = await twoMachines(devices(lamp()), devices(fan()));
    await clock.advance(10_000);
    announcer.stop();
    expect(clock.pending).toBe(0);
  });
});

describe("what this machine has announced", () => {
  it.each([
    ["itself", "one", "one"],
    ["as 0.3.0, which names no machine", undefined, "one"],
  ])("is taken back at once where it wrote that down %s", async (_how, before, now) => {
    const bus = new FakeBus();
    const homeAssistant = new HomeAssistant(bus);
    const first = await start(devices(lamp(), fan()), bus, { machine: before });
    await first.clock.advance(10_000);
    const second = await start(devices(lamp()), bus, { machine: now });
    await second.clock.advance(10_000);
    expect(relays(homeAssistant)).toEqual(["office-pi__lamp__relay"]);
    expect(second.log.at("warn")).toEqual([]);
  });
});
