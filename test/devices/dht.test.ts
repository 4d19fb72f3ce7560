import { describe, expect, it } from "vitest";
import { UserError } from "../../src/core/errors.ts";
import type { Isolate } from "../../src/core/machine/isolate.ts";
import { startSensor, warnings } from "../fakes/sensor.ts";
import { FakeTree, systemError } from "../fakes/tree.ts";

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
    const house = await startSensor("kind: dht, pin: BOARD7, model: DHT11", { isolate, files: pi4 });
    expect(house.reading()).toEqual({ temperature: 21.3, humidity: 48 });
    expect(calls).toEqual(["setMaxRetries(1)", "promises.read(11, 4)"]);
  });

  it.each([
    ["only zeros", { temperature: 0, humidity: 0 }, "the sensor gave only zeros; check its wiring"],
    ["of no use", undefined, "the sensor gave no temperature, and no humidity"],
    [
      "out of range altogether",
      { temperature: 200, humidity: 103 },
      "the sensor gave temperature 200, outside its range of -40 to 80 °C, and humidity 103, outside its range of 0 to 100 %",
    ],
  ])("publishes nothing that is %s", async (_what, answer, reason) => {
    const house = await startSensor("kind: dht, pin: 4, every: 3s", { isolate: packageThat(() => answer), files: pi4 });
    await house.clock.advance(30_000);
    expect(house.bus.on("it")).toEqual([]);
    expect(warnings(house)).toEqual([reason]);
  });

  it.each([
    ["too humid", { temperature: 20, humidity: 101.7 }, { temperature: 20, humidity: null }],
    ["too dry", { temperature: 20, humidity: -1 }, { temperature: 20, humidity: null }],
    ["without humidity", { temperature: 20 }, { temperature: 20, humidity: null }],
    ["with a humidity that is no number", { temperature: 20, humidity: "wet" }, { temperature: 20, humidity: null }],
    ["with a humidity that is nothing", { temperature: 20, humidity: Number.NaN }, { temperature: 20, humidity: null }],
    ["too cold", { temperature: -60, humidity: 50 }, { temperature: null, humidity: 50 }],
    ["endlessly hot", { temperature: Number.POSITIVE_INFINITY, humidity: 50 }, { temperature: null, humidity: 50 }],
  ])("publishes the good value of a reading that is %s, and null for the bad one", async (_what, answer, reading) => {
    const house = await startSensor("kind: dht, pin: 4, every: 3s", { isolate: packageThat(() => answer), files: pi4 });
    await house.clock.advance(27_000);
    expect(house.reading()).toEqual(reading);
    expect(house.bus.retained.get("it/availability")).toBe("online");
    expect(house.log.at("warn")).toHaveLength(1);
    await house.clock.advance(60_000);
    const health = JSON.parse(house.bus.retained.get("pi2mqtt/test/health") ?? "{}") as Record<string, unknown>;
    expect(health["failures"]).toEqual({ it: 20 });
  });

  it("says once that a value is bad, and that it is good again when it stays so", async () => {
    let humidity = 101.7;
    const isolate = packageThat(() => ({ temperature: 20, humidity }));
    const house = await startSensor("kind: dht, pin: 4, every: 3s", { isolate, files: pi4 });
    const said = () => house.log.lines.filter(({ measure }) => measure === "humidity").map(({ message }) => message);
    // At the edge of its range, where a wet sensor stays for hours.
    for (let count = 0; count < 20; count += 1) {
      humidity = count % 3 === 0 ? 101.8 : 99.9;
      await house.clock.advance(3_000);
    }
    expect(said()).toEqual(["a value is published as null"]);
    expect(house.log.at("warn")).toMatchObject([
      { device: "it", reason: "the sensor gave humidity 101.7, outside its range of 0 to 100 %" },
    ]);
    humidity = 60;
    await house.clock.advance(9_000);
    expect(house.reading()).toEqual({ temperature: 20, humidity: 60 });
    expect(said()).toEqual(["a value is published as null", "the value is good again"]);
    humidity = 102;
    await house.clock.advance(3_000);
    expect(said()).toHaveLength(3);
  });

  it("is back within half a minute once its values are good again, however long they were bad", async () => {
    let answer = { temperature: 200, humidity: 101.7 };
    const house = await startSensor("kind: dht, pin: 4, every: 3s", { isolate: packageThat(() => answer), files: pi4 });
    await house.clock.advance(200_000);
    expect(house.bus.retained.get("it/availability")).toBe("offline");
    answer = { temperature: 20, humidity: 50 };
    await house.clock.advance(30_000);
    expect(house.bus.retained.get("it/availability")).toBe("online");
  });

  it("goes offline at the third failure in a row, not before", async () => {
    const answers = ["bad", "bad", "good", "bad", "bad", "bad"];
    const isolate = packageThat(() => {
      if (answers.shift() === "good") return { temperature: 20, humidity: 50 };
      throw new UserError("failed to read sensor");
    });
    const house = await startSensor("kind: dht, pin: 4, every: 3s", { isolate, files: pi4 });
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
    const house = await startSensor("kind: dht, pin: 4", { files: new FakeTree(kernel(4)) });
    expect(house.reading()).toEqual({ temperature: 21.3, humidity: 48 });
  });

  it("says which overlay to add where the kernel serves another pin", async () => {
    const house = await startSensor("kind: dht, pin: 4, source: kernel", { files: new FakeTree(kernel(17)) });
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
    const house = await startSensor("kind: dht, pin: 4, every: 3s", { files });
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
    const house = await startSensor("kind: dht, pin: 4", { files, isolate });
    expect(warnings(house)).toEqual([
      `node-dht-sensor can read the pins of a Raspberry Pi Zero to 4, and this is another machine; ${hint}`,
    ]);
    expect(calls).toEqual([]);
  });
});
