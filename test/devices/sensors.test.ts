import { describe, expect, it } from "vitest";
import { UserError } from "../../src/core/errors.ts";
import type { Isolate } from "../../src/core/isolate.ts";
import { startHouse } from "../fakes/house.ts";
import type { FakeLog } from "../fakes/log.ts";
import { type FakeFile, FakeTree, systemError } from "../fakes/tree.ts";

const values = (payload: string | undefined) => {
  const { ts, ...rest } = JSON.parse(payload ?? "{}") as Record<string, unknown>;
  return rest;
};

/** Starts one sensor called `it` on the topic `it`, and reads it once. */
async function sensor(options: string, furniture: Parameters<typeof startHouse>[1] = {}) {
  const house = await startHouse(`devices:\n  it: {topic: it, ${options}}\n`, furniture);
  await house.clock.advance(1_000);
  return { ...house, reading: () => values(house.bus.retained.get("it")) };
}

const warnings = ({ log }: { log: FakeLog }) => log.at("warn").map((line) => line["reason"]);

describe("ds18b20", () => {
  const folder = "/sys/bus/w1/devices";
  const one = `${folder}/28-0316a2795dff/temperature`;
  const start = (files: Record<string, FakeFile>, more = "") =>
    sensor(`kind: ds18b20, every: 10s${more}`, { files: new FakeTree(files) });

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
    const house = await sensor("kind: ds18b20, every: 10s", { files: tree });
    tree.files.set(one, "85000\n");
    await house.clock.advance(10_000);
    expect(house.reading()).toEqual({ temperature: 85 });
  });

  it("comes back when the sensor is plugged in again", async () => {
    const tree = new FakeTree({ [one]: "20000\n" });
    const house = await sensor("kind: ds18b20, every: 10s", { files: tree });
    tree.files.delete(one);
    await house.clock.advance(60_000);
    expect(house.bus.retained.get("it/availability")).toBe("offline");
    tree.files.set(one, "21000\n");
    await house.clock.advance(300_000);
    expect(house.bus.retained.get("it/availability")).toBe("online");
    expect(house.reading()).toEqual({ temperature: 21 });
  });
});

describe("cpu_temperature", () => {
  const start = (files: Record<string, FakeFile>) => sensor("kind: cpu_temperature", { files: new FakeTree(files) });

  it("finds the processor by name, not by number", async () => {
    const house = await start({
      "/sys/class/thermal/thermal_zone0/type": "acpitz\n",
      "/sys/class/thermal/thermal_zone0/temp": "20000\n",
      "/sys/class/thermal/thermal_zone1/type": "cpu-thermal\n",
      "/sys/class/thermal/thermal_zone1/temp": "48686\n",
    });
    expect(house.reading()).toEqual({ temperature: 48.7 });
  });

  it("finds it among the hwmon chips where there is no thermal zone", async () => {
    const house = await start({
      "/sys/class/hwmon/hwmon3/name": "k10temp\n",
      "/sys/class/hwmon/hwmon3/temp1_input": "61500\n",
    });
    expect(house.reading()).toEqual({ temperature: 61.5 });
  });

  it("says that a virtual machine has none", async () => {
    expect(warnings(await start({}))).toEqual([
      "this machine shows no temperature in /sys/class/thermal or /sys/class/hwmon; a virtual machine has none; remove the device or run with --simulate",
    ]);
  });
});

describe("dht", () => {
  const pi4 = new FakeTree({ "/proc/device-tree/compatible": "raspberrypi,4-model-b\0brcm,bcm2711\0" });
  const calls: string[] = [];
  const packageThat = (answer: () => unknown): Isolate => {
    calls.length = 0;
    return async () => ({
      async call(functionName, args) {
        calls.push(`${functionName}(${args.join(", ")})`);
        return functionName === "promises.read" ? answer() : undefined;
      },
    });
  };

  it("reads by the package, rounded, with the sensor's model and pin", async () => {
    const isolate = packageThat(() => ({ temperature: 21.299999237060547, humidity: 47.96 }));
    const house = await sensor("kind: dht, pin: BOARD7, model: DHT11", { isolate, files: pi4 });
    expect(house.reading()).toEqual({ temperature: 21.3, humidity: 48 });
    expect(calls).toEqual(["setMaxRetries(1)", "promises.read(11, 4)"]);
  });

  it.each([
    ["only zeros", { temperature: 0, humidity: 0 }, "the sensor gave only zeros; check its wiring"],
    ["too humid", { temperature: 20, humidity: 103 }, "the sensor gave humidity 103, outside its range of 0 to 100 %"],
  ])("publishes nothing that is %s", async (_what, answer, reason) => {
    const house = await sensor("kind: dht, pin: 4, every: 3s", { isolate: packageThat(() => answer), files: pi4 });
    await house.clock.advance(30_000);
    expect(house.bus.on("it")).toEqual([]);
    expect(warnings(house)).toEqual([reason]);
  });

  it("goes offline at the third failure in a row, not before", async () => {
    const answers = ["bad", "bad", "good", "bad", "bad", "bad"];
    const isolate = packageThat(() => {
      if (answers.shift() === "good") return { temperature: 20, humidity: 50 };
      throw new UserError("failed to read sensor");
    });
    const house = await sensor("kind: dht, pin: 4, every: 3s", { isolate, files: pi4 });
    await house.clock.advance(9_000);
    expect(house.bus.on("it/availability").at(-1)).toBe("online");
    expect(warnings(house)).toEqual([]);
    await house.clock.advance(9_000);
    expect(house.bus.on("it/availability").at(-1)).toBe("offline");
    expect(warnings(house)).toEqual(["failed to read sensor"]);
  });

  const kernel = (gpio: number) => ({
    "/sys/bus/iio/devices/iio:device0/name": "dht11@0\n",
    "/sys/bus/iio/devices/iio:device0/of_node/gpios": new Uint8Array([0, 0, 0, 7, 0, 0, 0, gpio, 0, 0, 0, 0]),
    "/sys/bus/iio/devices/iio:device0/in_temp_input": "21300\n",
    "/sys/bus/iio/devices/iio:device0/in_humidityrelative_input": "48000\n",
  });

  it("prefers the kernel's driver where it serves this pin", async () => {
    const house = await sensor("kind: dht, pin: 4", { files: new FakeTree(kernel(4)) });
    expect(house.reading()).toEqual({ temperature: 21.3, humidity: 48 });
  });

  it("says which overlay to add where the kernel serves another pin", async () => {
    const house = await sensor("kind: dht, pin: 4, source: kernel", { files: new FakeTree(kernel(17)) });
    expect(warnings(house)).toEqual([
      'the kernel has no DHT sensor on pin 4; add "dtoverlay=dht11,gpiopin=4" to /boot/firmware/config.txt and reboot (it serves DHT22 too)',
    ]);
  });

  it("takes a failed reading of the kernel's driver for a failed reading", async () => {
    const files = new FakeTree({
      ...kernel(4),
      "/sys/bus/iio/devices/iio:device0/in_temp_input": () => {
        throw systemError("ETIMEDOUT");
      },
    });
    const house = await sensor("kind: dht, pin: 4, every: 3s", { files });
    await house.clock.advance(30_000);
    expect(warnings(house)).toEqual(["ETIMEDOUT: a system call failed"]);
  });

  it.each([
    [
      "a Pi 5",
      "raspberrypi,5-model-b\0brcm,bcm2712\0",
      'add "dtoverlay=dht11,gpiopin=4" to /boot/firmware/config.txt and reboot (it serves DHT22 too)',
    ],
    ["a board of another make", "friendlyarm,nanopi-m1\0", "run with --simulate to try without hardware"],
  ])("never lets the package touch %s", async (_board, compatible, hint) => {
    const files = new FakeTree({ "/proc/device-tree/compatible": compatible });
    const isolate = packageThat(() => ({ temperature: 20, humidity: 50 }));
    const house = await sensor("kind: dht, pin: 4", { files, isolate });
    expect(warnings(house)).toEqual([
      `node-dht-sensor can read the pins of a Raspberry Pi Zero to 4, and this is another machine; ${hint}`,
    ]);
    expect(calls).toEqual([]);
  });
});
