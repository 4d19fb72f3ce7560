import { describe, expect, it } from "vitest";
import { startSensor, warnings } from "../../fakes/sensor.ts";
import { type FakeFile, FakeTree, systemError } from "../../fakes/tree.ts";

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

  describe("at 0 °C, which is also what a shorted bus reads as", () => {
    const raw = `${folder}/28-0316a2795dff/w1_slave`;
    const lines = (bytes: string, verdict: string) => `${bytes} : crc=${verdict}\n${bytes} t=0\n`;

    it("believes nine bytes with a right checksum", async () => {
      const bytes = "00 00 4b 46 7f ff 0c 10 2e";
      expect((await start({ [one]: "0\n", [raw]: lines(bytes, "2e YES") })).reading()).toEqual({ temperature: 0 });
    });

    it.each([
      [
        "nine zeros, whose checksum is right",
        lines("00 00 00 00 00 00 00 00 00", "00 YES"),
        "the data line of the 1-Wire bus is shorted to ground; check the wiring",
      ],
      [
        "a wrong checksum",
        lines("00 00 4b 46 7f ff 0c 10 2f", "2e NO"),
        "the checksum of the sensor's answer is wrong; check its wiring",
      ],
      ["silence", "", "the sensor did not answer; check its wiring"],
    ])("publishes nothing for %s", async (_what, text, reason) => {
      const house = await start({ [one]: "0\n", [raw]: text });
      await house.clock.advance(60_000);
      expect(house.bus.on("it")).toEqual([]);
      expect(warnings(house)).toEqual([reason]);
    });
  });

  it("asks again where the bus was disturbed", async () => {
    const answers: (() => string)[] = [() => fails("EAGAIN"), () => fails("EIO"), () => "21500\n"];
    const house = await start({ [one]: () => answers.shift()?.() ?? "" });
    expect(house.reading()).toEqual({ temperature: 21.5 });
    expect(warnings(house)).toEqual([]);
  });

  it("says how the bus is switched on, where there is none", async () => {
    const house = await startSensor("kind: ds18b20, address: 28-0316a2795dff", { files: new FakeTree() });
    await house.clock.advance(120_000);
    expect(warnings(house)).toEqual([
      '28-0316a2795dff is not on the 1-Wire bus; there is no bus: add "dtoverlay=w1-gpio" to /boot/firmware/config.txt, reboot, and check the wiring and its 4.7 kΩ resistor',
    ]);
  });

  it("says that it is not on the bus, and looks for the only one there is each time", async () => {
    const tree = new FakeTree({ [one]: "20000\n" });
    const house = await startSensor("kind: ds18b20, every: 10s", { files: tree });
    tree.files.set(one, () => fails("ENODEV"));
    await house.clock.advance(30_000);
    expect(warnings(house)).toEqual(["28-0316a2795dff is not on the 1-Wire bus; check its wiring"]);
    tree.files.delete(one);
    tree.files.set(`${folder}/28-000000000abc/temperature`, "5000\n");
    await house.clock.advance(60_000);
    expect(house.reading()).toEqual({ temperature: 5 });
  });

  it("looks on the bus that was chosen", async () => {
    const files = { [one]: "1000\n", [`${folder}/w1_bus_master2/28-000000000abc/temperature`]: "2000\n" };
    expect((await start(files, ", bus: 2")).reading()).toEqual({ temperature: 2 });
    const house = await start(files, ", bus: 3");
    await house.clock.advance(30_000);
    expect(warnings(house)[0]).toContain("there is no 1-Wire thermometer on bus 3");
  });
});

/** What a file does that cannot be read. */
function fails(code: string): never {
  throw systemError(code);
}
