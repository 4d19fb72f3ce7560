import { describe, expect, it } from "vitest";
import { FakeClock } from "../../fakes/clock.ts";
import { startSensor, warnings } from "../../fakes/sensor.ts";
import { FakeSerial } from "../../fakes/serial.ts";
import { belgian, dutch, luxembourgish, recorded, replaced, swedish, telegramBytes } from "./telegrams.ts";

/** Starts a meter that sends a telegram every second, in pieces. */
async function startMeter(telegram: string, options = "", everyMs = 1_000) {
  const serial = new FakeSerial();
  const clock = new FakeClock();
  let bytes = telegramBytes(telegram);
  const speak = () => {
    for (let at = 0; at < bytes.length; at += 100) serial.say(bytes.slice(at, at + 100));
    clock.after(everyMs, speak);
  };
  clock.after(everyMs / 2, speak);
  const sensor = await startSensor(`kind: p1, port: /dev/ttyS9, ${options}`, { serial, clock });
  const says = (other: string) => {
    bytes = telegramBytes(other);
  };
  return { ...sensor, serial, says };
}

describe("p1", () => {
  it.each([
    ["a Dutch meter", dutch, { energy_delivered: 246_913.578, power_delivered: 1193, power_returned: 0 }],
    ["a recorded meter", recorded, { energy_delivered: 51.775, energy_returned: 24.413, power_delivered: 335 }],
    ["a Belgian meter", belgian, { energy_delivered: 15.792, energy_returned: 0.011, power_delivered: 0 }],
    [
      "a Luxembourgish meter",
      luxembourgish,
      { energy_delivered: 123.456, energy_returned: 7.001, power_delivered: 512 },
    ],
    ["a Swedish meter", swedish, { energy_delivered: 6619.795, energy_returned: 0, power_delivered: 345 }],
  ])("takes what nearly every meter has from %s", async (_which, telegram, reading) => {
    const sensor = await startMeter(telegram);
    expect(sensor.reading()).toMatchObject(reading);
    expect(Object.keys(sensor.reading())).toEqual([
      "energy_delivered",
      "energy_returned",
      "power_delivered",
      "power_returned",
    ]);
    expect(sensor.log.at("warn")).toEqual([]);
    expect(sensor.serial.opened[0]).toMatchObject({ baudRate: 115_200, dataBits: 8, parity: "none", stopBits: 1 });
  });

  it.each([
    [
      dutch,
      {
        energy_delivered_tariff1: 123_456.789,
        energy_delivered_tariff2: 123_456.789,
        energy_returned_tariff1: 123_456.789,
        energy_returned_tariff2: 123_456.789,
        power_delivered_l1: 1111,
        power_delivered_l2: 2222,
        power_delivered_l3: 3333,
        power_returned_l1: 4444,
        power_returned_l2: 5555,
        power_returned_l3: 6666,
        voltage_l1: 220.1,
        voltage_l2: 220.2,
        voltage_l3: 220.3,
        current_l1: 1,
        current_l2: 2,
        current_l3: 3,
        electricity_tariff: 2,
        gas_delivered: 12_785.123,
      },
    ],
    [belgian, { average_demand: 2351, maximum_demand: 2589, gas_delivered: 112.384, water_delivered: 872.234 }],
    [recorded, { gas_delivered: 16.713, electricity_tariff: 1 }],
  ])("takes what is listed", async (telegram, reading) => {
    const sensor = await startMeter(telegram, `measures: [${Object.keys(reading).join(", ")}]`);
    expect(sensor.reading()).toEqual(reading);
  });

  it.each([
    ["the newest reading where a meter was replaced", "", 12.5],
    ["the channel that was chosen", "gas_channel: 1, ", 5225.708],
    ["a channel that does not say what it is, where it was chosen", "gas_channel: 4, ", 847.336],
  ])("takes the gas of %s", async (_which, option, gas) => {
    const sensor = await startMeter(replaced, `${option}measures: [power_delivered, gas_delivered]`);
    expect(sensor.reading()).toEqual({ power_delivered: 258, gas_delivered: gas });
  });

  it("publishes null for what a meter does not give, and for a channel that never got a reading", async () => {
    const sensor = await startMeter(
      replaced,
      "gas_channel: 3, measures: [power_delivered, gas_delivered, voltage_l1, energy_delivered]",
    );
    expect(sensor.reading()).toEqual({
      power_delivered: 258,
      gas_delivered: null,
      voltage_l1: null,
      energy_delivered: null,
    });
  });

  it("publishes nothing of a telegram in which a digit is wrong", async () => {
    const sensor = await startMeter(recorded.replace("000051.775", "000061.775"));
    await sensor.clock.advance(60_000);
    expect(sensor.bus.retained.has("it")).toBe(false);
    expect(warnings(sensor)).toEqual([
      expect.stringMatching(/^what comes from .* no whole frame with a right checksum/),
    ]);
  });

  it("comes online although its meter speaks only every 10 s, and stays so", async () => {
    const sensor = await startMeter(recorded, "", 10_000);
    await sensor.clock.advance(120_000);
    expect(sensor.log.at("warn")).toEqual([]);
    expect(sensor.reading()).toMatchObject({ power_delivered: 335 });
  });

  it("does not repeat what it heard before its cable was unplugged", async () => {
    const sensor = await startMeter(recorded, "every: 1s");
    await sensor.clock.advance(5_000);
    sensor.serial.unplug();
    const before = sensor.bus.on("it").length;
    await sensor.clock.advance(60_000);
    expect(sensor.bus.on("it")).toHaveLength(before);
    expect(sensor.bus.retained.get("it/availability")).toBe("offline");
    expect(warnings(sensor)).toEqual(["there is no serial port /dev/ttyS9; plug it in"]);
    sensor.says(luxembourgish);
    sensor.serial.plugIn();
    await sensor.clock.advance(15_000);
    expect(sensor.reading()).toMatchObject({ power_delivered: 512 });
    expect(sensor.bus.retained.get("it/availability")).toBe("online");
  });

  it("does not take up what it heard before, when its cable is plugged in again and nothing comes", async () => {
    const sensor = await startMeter(recorded, "every: 1s");
    await sensor.clock.advance(5_000);
    sensor.says("");
    sensor.serial.unplug();
    await sensor.clock.advance(500);
    sensor.serial.plugIn();
    const before = sensor.bus.on("it").length;
    await sensor.clock.advance(20_000);
    expect(sensor.serial.users).toBe(1);
    expect(sensor.bus.on("it")).toHaveLength(before);
  });
});
