import { writeFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { ds18b20 } from "../../src/devices/ds18b20.ts";
import { ds2423 } from "../../src/devices/ds2423.ts";
import { ds2438 } from "../../src/devices/ds2438.ts";
import { loadModule, namesIn, readAttribute, unloadModule, until } from "./guest.ts";
import { openSensor } from "./sensor-reading.ts";

const parameters = "/sys/module/w1_sim/parameters";
const set = (parameter: string, value: string) => writeFileSync(`${parameters}/${parameter}`, value);
const conversions = () => Number(readAttribute(`${parameters}/conversions`));
const numberOf = (family: string, index: number) => `${family}-0000005ea50${index + 1}`;

/** Plugs in parts of these families, at these temperatures in thousandths of a degree, and gives their numbers. */
async function plugIn(parts: readonly (readonly [family: string, milliCelsius: number])[]): Promise<string[]> {
  const families = parts.map(([family]) => `0x${family}`);
  loadModule("w1_sim", `temp_mc=${parts.map(([, milli]) => milli).join(",")}`, `family=${families.join(",")}`);
  const numbers = parts.map(([family], index) => numberOf(family, index));
  for (const number of numbers)
    await until(number, () =>
      namesIn(`/sys/bus/w1/devices/${number}`).some((name) => name === "temperature" || name === "w1_slave"),
    );
  return numbers;
}

afterEach(() => unloadModule("w1_sim"));

describe("thermometers on a bus of their own, read through the kernel's w1_therm", () => {
  it("share one conversion, and each shows its own temperature", async () => {
    const numbers = await plugIn([
      ["28", 21_500],
      ["28", -5_000],
      ["28", 60_250],
    ]);
    const readers = await Promise.all(numbers.map((address) => openSensor(ds18b20, { address })));
    const readAll = async () => {
      const readings = [];
      for (const read of readers) readings.push(await read());
      return readings;
    };
    expect(await readAll()).toEqual([{ temperature: 21.5 }, { temperature: -5 }, { temperature: 60.25 }]);
    expect(conversions()).toBe(1);
    set("temp_mc", "22000,-6000,61000");
    expect(await readAll()).toEqual([{ temperature: 22 }, { temperature: -6 }, { temperature: 61 }]);
    expect(conversions()).toBe(2);
  });

  it("do not show what was converted for them long ago", async () => {
    const [often = "", seldom = ""] = await plugIn([
      ["28", 21_500],
      ["28", -5_000],
    ]);
    const [readOften, readSeldom] = [
      await openSensor(ds18b20, { address: often }),
      await openSensor(ds18b20, { address: seldom }),
    ];
    await readOften();
    set("temp_mc", "22000,-6000");
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect(await readSeldom()).toEqual({ temperature: -6 });
  });

  it("take a data line on ground for no temperature", async () => {
    const [address] = await plugIn([["28", 0]]);
    const read = await openSensor(ds18b20, { address });
    expect(await read()).toEqual({ temperature: 0 });
    set("shorted", "Y");
    await expect(read()).rejects.toThrow("the data line of the 1-Wire bus is shorted to ground");
    set("shorted", "N");
    expect(await read()).toEqual({ temperature: 0 });
  });

  it("measure with the chosen resolution, which takes less time", async () => {
    const [address = ""] = await plugIn([["28", 21_437]]);
    const read = await openSensor(ds18b20, { address, resolution: 9 });
    expect(readAttribute(`/sys/bus/w1/devices/${address}/resolution`)).toBe("12");
    await read();
    expect(readAttribute(`/sys/bus/w1/devices/${address}/resolution`)).toBe("9");
    expect(readAttribute(`/sys/bus/w1/devices/${address}/conv_time`)).toBe("95");
  });
});

describe("parts of several kinds on one bus", () => {
  it("are each read by the kernel's own driver, where thermometers cannot share conversions", async () => {
    const [a = "", counter = "", monitor = "", b = ""] = await plugIn([
      ["28", 21_500],
      ["1d", 0],
      ["26", 25_000],
      ["28", -5_000],
    ]);
    set("counters", "1,2,116111,4294967295");
    set("vad", "263");
    set("vdd", "500");
    set("iad", "-51");
    const readA = await openSensor(ds18b20, { address: a });
    const readB = await openSensor(ds18b20, { address: b });
    expect([await readA(), await readB()]).toEqual([{ temperature: 21.5 }, { temperature: -5 }]);
    expect(conversions()).toBe(2);

    const readCounters = await openSensor(ds2423, { address: counter });
    expect(await readCounters()).toEqual({ counter_a: 116_111, counter_b: 4_294_967_295 });
    // (2.63 / 5.00 - 0.16) / 0.0062 / (1.0546 - 0.00216 * 25) = 59.0; -51 / 4096 / 0.025 = -0.498
    const readMonitor = await openSensor(ds2438, { address: monitor, humidity_sensor: "hih4000", shunt: 0.025 });
    const reading = { temperature: 25, humidity: 59, current: -0.498, supply_voltage: 5 };
    expect(await readMonitor()).toEqual(reading);

    set("badcrc", "0x6");
    await expect(readCounters()).rejects.toThrow("the sensor gave no counter_a, and no counter_b");
    await expect(readMonitor()).rejects.toThrow("the sensor does not answer on its bus (EIO)");
    set("badcrc", "0");
    set("shorted", "Y");
    await expect(readMonitor()).rejects.toThrow("the data line of the 1-Wire bus is shorted to ground");
    set("shorted", "N");
    expect(await readMonitor()).toEqual(reading);
  });
});
