import { describe, expect, it } from "vitest";
import { startSensor } from "../../fakes/sensor.ts";
import { FakeTree, systemError } from "../../fakes/tree.ts";

const own = "/sys/bus/w1/devices/28-0316a2795dff";
const treeOf = () => new FakeTree({ [`${own}/temperature`]: "21500\n", [`${own}/resolution`]: "12\n" });
const start = (files: FakeTree) => startSensor("kind: ds18b20, every: 10s, resolution: 9", { files });
const told = ({ log }: Awaited<ReturnType<typeof start>>) =>
  log.at("warn").filter(({ message }) => message === "the sensor keeps its resolution");

describe("the option resolution", () => {
  it("is written to the sensor, and again when it was away and may have forgotten it", async () => {
    const tree = treeOf();
    const house = await start(tree);
    expect(tree.files.get(`${own}/resolution`)).toBe("9\n");
    tree.files.delete(`${own}/temperature`);
    await house.clock.advance(10_000);
    tree.files.set(`${own}/resolution`, "12\n").set(`${own}/temperature`, "21500\n");
    await house.clock.advance(60_000);
    expect(tree.files.get(`${own}/resolution`)).toBe("9\n");
    expect(house.log.at("warn").filter(({ message }) => message === "the sensor keeps its resolution")).toEqual([]);
  });

  it("is told once where this user may not write it, with what to do; the sensor is read all the same", async () => {
    const tree = treeOf();
    tree.readOnly.add(`${own}/resolution`);
    const house = await start(tree);
    await house.clock.advance(60_000);
    expect(told(house).map(({ reason }) => reason)).toEqual([
      `this user may not change the resolution from 12 to 9 bits; run once "echo 9 | sudo tee ${own}/resolution; echo save | sudo tee ${own}/eeprom_cmd", which the sensor keeps`,
    ]);
    expect(house.reading()).toEqual({ temperature: 21.5 });
  });

  it("is told once where the sensor refuses it, as some copies do", async () => {
    const tree = treeOf();
    tree.writeText = async () => Promise.reject(systemError("EIO"));
    const house = await start(tree);
    await house.clock.advance(60_000);
    expect(told(house).map(({ reason }) => reason)).toEqual([
      "the sensor refuses a resolution of 9 bits and stays at 12",
    ]);
    expect(house.reading()).toEqual({ temperature: 21.5 });
  });

  it("is refused for a DS18S20, which has one resolution", async () => {
    await expect(
      startSensor("kind: ds18b20, address: 10-000802b4635f, resolution: 9", { files: treeOf() }),
    ).rejects.toThrow("a DS18S20, whose number begins with 10, always measures with 9 bits");
  });
});
