import { mkdirSync, readlinkSync, rmdirSync, writeFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { defineSensor } from "../../src/core/sensor.ts";
import { around } from "../../src/core/simulation/pretend.ts";
import { cpuTemperature } from "../../src/devices/cpu-temperature.ts";
import { ds18b20 } from "../../src/devices/ds18b20.ts";
import { loadModule, namesIn, readAttribute, runBusybox, unloadModule, until } from "./guest.ts";
import { openSensor } from "./sensor-reading.ts";

const first = "28-0000005ea501";
const second = "28-0000005ea502";

describe("DS18B20 on a 1-Wire bus, read through the kernel's w1_therm", () => {
  const set = (parameter: string, value: string) => writeFileSync(`/sys/module/w1_sim/parameters/${parameter}`, value);

  async function plugIn(temperatures: string, ...addresses: string[]) {
    loadModule("w1_sim", `temp_mc=${temperatures}`);
    for (const address of addresses)
      await until(address, () => namesIn(`/sys/bus/w1/devices/${address}`).includes("temperature"));
  }

  afterEach(() => {
    if (namesIn("/sys/module").includes("w1_sim")) unloadModule("w1_sim");
  });

  it("reads the only one there is, above and below zero", async () => {
    await plugIn("21500", first);
    const read = await openSensor(ds18b20);
    expect(await read()).toEqual({ temperature: 21.5 });
    set("temp_mc", "-10125");
    expect(await read()).toEqual({ temperature: -10.13 });
  });

  it("takes neither silence nor a wrong checksum for a temperature, and goes on after both", async () => {
    await plugIn("21500", first);
    const read = await openSensor(ds18b20);
    set("present", "0");
    await expect(read()).rejects.toThrow("the sensor did not answer");
    set("present", "1");
    expect(await read()).toEqual({ temperature: 21.5 });
    set("badcrc", "1");
    await expect(read()).rejects.toThrow("the sensor did not answer");
    set("badcrc", "0");
    expect(await read()).toEqual({ temperature: 21.5 });
  });

  it("takes the power-on value for no temperature", async () => {
    await plugIn("85000", first);
    await expect((await openSensor(ds18b20))()).rejects.toThrow("the sensor gave its power-on value of 85 °C");
  });

  it("tells two apart by their addresses, and wants to know which", async () => {
    await plugIn("21500,-5000", first, second);
    expect(await (await openSensor(ds18b20, { address: first }))()).toEqual({ temperature: 21.5 });
    expect(await (await openSensor(ds18b20, { address: second }))()).toEqual({ temperature: -5 });
    await expect((await openSensor(ds18b20))()).rejects.toThrow(
      `there are several 1-Wire thermometers: ${first}, ${second}`,
    );
  });

  it("says so when the bus is gone", async () => {
    await plugIn("21500", first);
    const read = await openSensor(ds18b20, { address: first });
    unloadModule("w1_sim");
    await expect(read()).rejects.toThrow(`${first} is not on the 1-Wire bus`);
  });
});

describe("an LM75 on an I2C bus, shown by hwmon", () => {
  const address = "0x48";

  /** The LM75's register 0 holds half degrees in its upper nine bits, upper byte first; SMBus words go lower byte first. */
  function measure(celsius: number) {
    const register = (celsius * 2) << 7;
    const swapped = ((register & 0xff) << 8) | ((register >> 8) & 0xff);
    runBusybox("i2cset", "-f", "-y", "0", address, "0", `0x${swapped.toString(16)}`, "w");
  }

  afterEach(() => {
    writeFileSync("/sys/bus/i2c/devices/i2c-0/delete_device", address);
    unloadModule("i2c-stub");
  });

  it("is the processor's temperature where the machine shows no other", async () => {
    loadModule("i2c-stub", `chip_addr=${address}`);
    await until("the bus's device file", () => namesIn("/dev").includes("i2c-0"));
    writeFileSync("/sys/bus/i2c/devices/i2c-0/new_device", `lm75 ${address}`);
    measure(25.5);
    const read = await openSensor(cpuTemperature);
    expect(await read()).toEqual({ temperature: 25.5 });
  });

  /** The files of the part that this process holds open. */
  const opened = () =>
    namesIn("/proc/self/fd").filter((descriptor) => {
      try {
        return readlinkSync(`/proc/self/fd/${descriptor}`).endsWith("/temp1_input");
      } catch {
        return false;
      }
    });

  it("shows each new value, and is gone when it is unplugged, and is there again, however often it was read before", async () => {
    loadModule("i2c-stub", `chip_addr=${address}`);
    await until("the bus's device file", () => namesIn("/dev").includes("i2c-0"));
    writeFileSync("/sys/bus/i2c/devices/i2c-0/new_device", `lm75 ${address}`);
    const read = await openSensor(cpuTemperature);
    for (const celsius of [20, 20.5, 21, -5]) {
      measure(celsius);
      expect(await read()).toEqual({ temperature: celsius });
    }
    // Its file stays open, so that a reading is one system call.
    expect(opened()).toHaveLength(1);
    writeFileSync("/sys/bus/i2c/devices/i2c-0/delete_device", address);
    await expect(read()).rejects.toMatchObject({ code: "ENOENT" });
    await until("the file to be closed", () => opened().length === 0);
    writeFileSync("/sys/bus/i2c/devices/i2c-0/new_device", `lm75 ${address}`);
    measure(30);
    expect(await read()).toEqual({ temperature: 30 });
  });
});

describe("a converter that IIO shows", () => {
  const config = "/sys/kernel/config/iio/devices/dummy/converter";
  const root = "/sys/bus/iio/devices";

  /** As an addition to src/devices would be: raw counts times the scale that the driver gives, in millivolts. */
  const converter = defineSensor({
    kind: "converter",
    summary: "A voltage.",
    usedFor: "tests",
    options: {},
    example: { topic: "home/voltage" },
    every: { default: "1m", min: "1s" },
    measures: { voltage: { unit: "mV", digits: 3, range: [0, 5_000] } },
    pretend: { values: { voltage: around(3_300, 10, 60_000) } },
    async open(_options, { files }) {
      const [name = "none"] = await files.list(root);
      const number = async (file: string) => Number(await files.readText(`${root}/${name}/${file}`));
      return async () => ({ voltage: (await number("in_voltage0_raw")) * (await number("in_voltage0_scale")) });
    },
  });

  afterEach(() => rmdirSync(config));

  it("is read through plain files", async () => {
    mkdirSync(config);
    const scale = Number(readAttribute(`${root}/iio:device0/in_voltage0_scale`));
    expect(await (await openSensor(converter))()).toEqual({ voltage: Number((73 * scale).toFixed(3)) });
  });
});
