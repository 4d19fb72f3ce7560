import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { topicsOf } from "../../src/core/device-settings.ts";
import { toldEvents } from "../../src/core/events.ts";
import { inhabited } from "../fakes/homes/inhabited.ts";

const minutes = 15;

/** The house of the examples, in which people live for some minutes. */
async function lived() {
  const yaml = readFileSync(new URL("../../examples/house.yaml", import.meta.url), "utf8");
  const house = await inhabited(yaml);
  await house.clock.advance(minutes * 60_000);
  return house;
}

describe("the simulated house of the examples", () => {
  it("lives by itself: doors open, buttons are pressed, meters turn, readings drift; nothing is wrong, and nobody is flooded", async () => {
    const { world, bus, log, heard } = await lived();
    const devices = [...world.devices.values()];
    const living = devices.filter(({ kind }) => kind.pretend?.routine ?? kind.pretend?.values);
    const changes = (device: (typeof devices)[number]) =>
      new Set(heard(topicsOf(device).state).map((payload) => payload.replace(/,"ts":.*/, ""))).size +
      Object.values(topicsOf(device).events).flatMap(heard).length;
    expect(living.filter((device) => changes(device) < 2).map(({ id }) => id)).toEqual([]);
    const telling = devices.filter(({ kind, options }) => Object.keys(toldEvents(kind, options)).length > 0);
    for (const device of telling) expect(Object.values(topicsOf(device).events).flatMap(heard)).not.toEqual([]);
    expect(log.at("warn")).toEqual([]);
    const said = bus.published.filter(({ topic }) => topic.startsWith("home/"));
    expect(said.length / minutes).toBeLessThan(40);
  });
});
