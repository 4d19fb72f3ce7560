import { describe, expect, it } from "vitest";
import { startSensor, warnings } from "../fakes/sensor.ts";
import { type FakeFile, FakeTree } from "../fakes/tree.ts";

describe("ds18b20", () => {
  const folder = "/sys/bus/w1/devices";
  const one = `${folder}/28-0316a2795dff/temperature`;
  const start = (files: Record<string, FakeFile>, more = "") =>
    startSensor(`kind: ds18b20, every: 10s${more}`, { files: new FakeTree(files) });

  it("reads the only one there is", async () => {
    expect((await start({ [one]: "23125\n" })).reading()).toEqual({ temperature: 23.13 });
  });

  it("reads frost", async () => {
    expect((await start({ [one]: "-10062\n" })).reading()).toEqual({ temperature: -10.06 });
  });

  it("reads the one that was chosen", async () => {
    const files = { [one]: "1000\n", [`${folder}/28-000000000abc/temperature`]: "2000\n" };
    expect((await start(files, ", address: 28-000000000abc")).reading()).toEqual({ temperature: 2 });
  });

  it("wants to know which, where there are several", async () => {
    const house = await start({ [one]: "1000\n", [`${folder}/28-000000000abc/temperature`]: "2000\n" });
    await house.clock.advance(60_000);
    expect(warnings(house)).toEqual([
      "there are several 1-Wire thermometers: 28-000000000abc, 28-0316a2795dff; choose one by address",
    ]);
  });

  it.each([
    ["silence, which the kernel gives as an empty file", "", "the sensor did not answer; check its wiring"],
    ["its power-on value", "85000\n", "the sensor gave its power-on value of 85 °C; check its 3.3 V supply"],
    ["too little power", "127937\n", "the sensor gave temperature 127.937, outside its range of -55 to 125 °C"],
    ["nonsense", "abc\n", "the sensor gave no temperature"],
  ])("publishes nothing for %s", async (_what, text, reason) => {
    const house = await start({ [one]: text });
    await house.clock.advance(60_000);
    expect(house.bus.on("it")).toEqual([]);
    expect(warnings(house)).toEqual([reason]);
    expect(house.bus.retained.get("it/availability")).toBe("offline");
  });

  it("believes 85 °C where it was nearly as hot before", async () => {
    const tree = new FakeTree({ [one]: "84900\n" });
    const house = await startSensor("kind: ds18b20, every: 10s", { files: tree });
    tree.files.set(one, "85000\n");
    await house.clock.advance(10_000);
    expect(house.reading()).toEqual({ temperature: 85 });
  });

  it("comes back when the sensor is plugged in again", async () => {
    const tree = new FakeTree({ [one]: "20000\n" });
    const house = await startSensor("kind: ds18b20, every: 10s", { files: tree });
    tree.files.delete(one);
    await house.clock.advance(60_000);
    expect(house.bus.retained.get("it/availability")).toBe("offline");
    tree.files.set(one, "21000\n");
    await house.clock.advance(300_000);
    expect(house.bus.retained.get("it/availability")).toBe("online");
    expect(house.reading()).toEqual({ temperature: 21 });
  });
});
