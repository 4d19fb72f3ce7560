import { describe, expect, it } from "vitest";
import * as z from "zod";
import type { DeviceKind } from "../../src/core/kind.ts";
import { driftsOf } from "../../src/core/simulation/pretend.ts";
import { simulatedRoom } from "../../src/simulation/room.ts";
import { FakeClock } from "../fakes/clock.ts";
import { startHouse } from "../fakes/house.ts";
import { kinds } from "../fakes/kinds.ts";

const sensors = {
  hot: "kind: ds18b20, topic: hot, address: 28-0000000000aa, every: 2s",
  cold: "kind: ds18b20, topic: cold, address: 28-0000000000bb, every: 2s",
  attic: "kind: dht, topic: attic, pin: 4, every: 3s",
  cellar: "kind: dht, topic: cellar, pin: 27, model: DHT11, every: 3s",
  bath: "kind: dht, topic: bath, pin: 22, source: kernel, every: 3s",
  pi: "kind: cpu_temperature, topic: pi, every: 2s",
  twin: "kind: cpu_temperature, topic: twin, every: 5s",
};
const options = {
  hot: { address: "28-0000000000aa" },
  cold: { address: "28-0000000000bb" },
  attic: { pin: 4 },
  cellar: { pin: 27 },
  bath: { pin: 22, source: "kernel" },
  pi: {},
  twin: {},
};
type Id = keyof typeof sensors;
const ids = Object.keys(sensors) as Id[];

/** An agent with all these sensors, in one room. */
async function furnished() {
  const clock = new FakeClock();
  const kindOf = (id: Id) => kinds.find(({ kind }) => sensors[id].startsWith(`kind: ${kind},`)) as DeviceKind;
  const room = simulatedRoom(
    ids.map((id) => ({ id, kind: kindOf(id), options: options[id] })),
    clock,
  );
  const yaml = `devices:\n${ids.map((id) => `  ${id}: {${sensors[id]}}\n`).join("")}`;
  const house = await startHouse(yaml, { clock, files: room.files, isolate: room.isolate });
  await clock.advance(5_000);
  const reading = (id: Id) => JSON.parse(house.bus.retained.get(id) ?? "{}") as Record<string, number>;
  const availability = (id: Id) => house.bus.retained.get(`${id}/availability`);
  return { ...house, room, clock, reading, availability };
}

describe("the pretended room", () => {
  it("has a value for each measure of each sensor", () => {
    for (const { pretend, measures = {}, options, example } of kinds.filter(
      (kind) => kind.pretend?.values !== undefined,
    ))
      expect(Object.keys(driftsOf(pretend, z.object(options).parse(example))).sort()).toEqual(
        Object.keys(measures).sort(),
      );
  });

  it("answers for each sensor, whoever reads it", async () => {
    const { availability } = await furnished();
    expect(ids.map(availability)).toEqual(ids.map(() => "online"));
  });

  it("lets readings drift until they are set", async () => {
    const { clock, reading, room } = await furnished();
    const before = reading("hot")["temperature"];
    await clock.advance(60_000);
    expect(reading("hot")["temperature"]).not.toBe(before);
    room.set("hot", "temperature", 55.25, 0);
    await clock.advance(60_000);
    expect(reading("hot")["temperature"]).toBe(55.25);
  });

  it("sets one sensor of a kind and leaves the others alone", async () => {
    const { clock, reading, room } = await furnished();
    room.set("hot", "temperature", 70, 0);
    room.set("cellar", "humidity", 90, 0);
    room.set("bath", "temperature", -3.5, 0);
    await clock.advance(5_000);
    expect(reading("hot")["temperature"]).toBe(70);
    expect(reading("cold")["temperature"]).toBeLessThan(25);
    expect(reading("cellar")["humidity"]).toBe(90);
    expect(reading("attic")["humidity"]).toBeLessThan(60);
    expect(reading("bath")["temperature"]).toBe(-3.5);
  });

  it("gives devices that share a sensor the same value", async () => {
    const { clock, reading, room } = await furnished();
    room.set("pi", "temperature", 81.5, 0);
    await clock.advance(5_000);
    expect(reading("twin")["temperature"]).toBe(81.5);
  });

  it("takes a value to another in a straight line", async () => {
    const { clock, reading, room } = await furnished();
    room.set("pi", "temperature", 40, 0);
    room.set("pi", "temperature", 60, 20_000);
    await clock.advance(10_000);
    expect(reading("pi")["temperature"]).toBeGreaterThan(47);
    expect(reading("pi")["temperature"]).toBeLessThan(51);
    await clock.advance(30_000);
    expect(reading("pi")["temperature"]).toBe(60);
  });

  it.each(["hot", "attic", "bath", "pi"] as const)(
    "takes %s offline when it is gone, and brings it back",
    async (id) => {
      const { clock, availability, room, bus } = await furnished();
      room.setFault(id, "gone");
      await clock.advance(30_000);
      expect(availability(id)).toBe("offline");
      const shares = id === "pi" ? ["pi", "twin"] : [id];
      for (const other of ids) if (!shares.includes(other)) expect(availability(other)).toBe("online");
      room.setFault(id, undefined);
      await clock.advance(5 * 60_000);
      expect(availability(id)).toBe("online");
      expect(bus.retained.get(id)).toBeDefined();
    },
  );

  it("keeps the files of a sensor that answers with an error", async () => {
    const { room } = await furnished();
    room.setFault("hot", "EIO");
    expect(await room.files.list("/sys/bus/w1/devices")).toEqual(["28-0000000000aa", "28-0000000000bb"]);
    await expect(room.files.readText("/sys/bus/w1/devices/28-0000000000aa/temperature")).rejects.toMatchObject({
      code: "EIO",
    });
    room.setFault("hot", "gone");
    expect(await room.files.list("/sys/bus/w1/devices")).toEqual(["28-0000000000bb"]);
  });
});
