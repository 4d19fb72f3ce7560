import { expect, it } from "vitest";
import { isWrittenFor, nothingAnnounced, writeManifest } from "../../src/homeassistant/manifest.ts";
import { FakeBus } from "../fakes/bus.ts";
import { HomeAssistant } from "./home-assistant.ts";
import { devices, deviceTopic, fan, lamp, manifestTopic, relays, start } from "./runs.ts";

const bathTopic = "homeassistant/device/office-pi__fan/config";
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

it("a list that 0.3.0 wrote is understood: topics, components and their platforms", async () => {
  const bus = new FakeBus();
  const homeAssistant = new HomeAssistant(bus);
  const first = await start(devices(lamp(), fan(", area: Bath")), bus);
  await first.clock.advance(10_000);
  const { announced } = JSON.parse(bus.retained.get(manifestTopic) ?? "");
  expect(announced[bathTopic]).toEqual({ fan__relay__switch: "switch" });
  bus.retained.set(manifestTopic, JSON.stringify(announced));
  const second = await start(devices(lamp()), bus);
  await second.clock.advance(10_000);
  expect(relays(homeAssistant)).toEqual(["office-pi__lamp__relay"]);
  expect(second.log.at("warn")).toEqual([]);
});

it("the list stays readable for who reads it by what it knows: more may be written into it one day", async () => {
  const bus = new FakeBus();
  const announced = { [deviceTopic]: { fan__relay__switch: "switch" } };
  bus.retained.set(manifestTopic, new TextDecoder().decode(bytes({ announced, some_day: [1] })));
  const { clock, log } = await start(devices(lamp()), bus);
  await clock.advance(10_000);
  expect(bus.retained.get(deviceTopic)).toContain('"fan__relay__switch":{"p":"switch"}');
  expect(log.at("warn")).toEqual([]);
});

it("a manifest is known by its beginning as one of this machine", () => {
  const written = (machine: string | undefined) =>
    new TextEncoder().encode(
      writeManifest({ ...nothingAnnounced, machine, announced: { "homeassistant/device/a/config": { b: "switch" } } }),
    );
  const isOurs = [written("m1"), written("m12"), written("m2"), written(undefined), new Uint8Array()].map((one) =>
    isWrittenFor("m1", one),
  );
  expect(isOurs).toEqual([true, false, false, false, false]);
  expect(isWrittenFor(undefined, written(undefined))).toBe(false);
});
