import { UserError } from "../core/errors.ts";
import { defineI2cPart } from "../core/readers/i2c/define-i2c-part.ts";
import { expectId, expectSettings } from "../core/readers/i2c/part-on-bus.ts";
import { pretendedRegisters } from "../core/readers/i2c/pretended-registers.ts";
import { littleEndian16, lowFirst } from "../core/readers/i2c/words.ts";
import { quantity } from "../core/readers/quantity.ts";
import { NoValue } from "../core/sensor/no-value.ts";
import { around } from "../core/simulation/pretend.ts";

/** Registers: datasheet ENS160 SC-001224, table "Register Overview". Words have their low byte first. */
const register = { id: 0x00, mode: 0x10, status: 0x20, aqi: 0x21, tvoc: 0x22, eco2: 0x24 } as const;
const expectedId = 0x0160;
/** OPMODE: it idles, or measures. */
const idle = 0x01;
const standard = 0x02;
/** DEVICE_STATUS: an error, and the validity of the values in bits 3 and 2. */
const error = 0x40;
const validity = { normal: 0, warmUp: 1, initialStartUp: 2, invalid: 3 } as const;
const validityIn = (status: number) => (status >> 2) & 0x03;

/** An index of the air's quality by the volatile compounds in it. */
export const ens160 = defineI2cPart({
  kind: "ens160",
  summary:
    "An ENS160 on I2C, spoken to without a driver. It has no values in its first three minutes, and a new one in its first hour.",
  usedFor: "an index of the air's quality and volatile compounds from an ENS160",
  searchedAs: ["CO2", "air quality"],
  group: "air",
  topic: "home/kitchen/air",
  addresses: [0x53, 0x52],
  measures: {
    aqi: {
      name: "Air quality index",
      device_class: "aqi",
      digits: 0,
      range: [1, 5],
      simulated: around(2, 0.4, 900_000),
    },
    tvoc: {
      name: "TVOC",
      unit: "ppb",
      device_class: "volatile_organic_compounds_parts",
      digits: 0,
      range: [0, 65_000],
      simulated: around(180, 60, 600_000),
    },
    eco2: {
      ...quantity.carbonDioxide,
      name: "eCO₂",
      range: [400, 65_000],
      simulated: around(650, 120, 600_000),
    },
    warming_up: {
      name: "Warming up",
      flag: true,
      entity_category: "diagnostic",
      digits: 0,
      range: [0, 1],
      simulated: around(0, 0, 600_000),
    },
  },
  async setUp(part) {
    expectId(littleEndian16(await part.read(register.id, 2)), [expectedId], "ENS160");
    // One that measures already goes on: it would have to warm up again.
    if ((await part.byte(register.mode)) !== standard) {
      await part.write(register.mode, idle);
      await part.pause(10);
      await part.write(register.mode, standard);
      await part.pause(50);
    }
    return async () => {
      expectSettings((await part.byte(register.mode)) === standard);
      const bytes = await part.read(register.status, 6);
      const status = bytes[0] ?? 0;
      const state = validityIn(status);
      const isWarmingUp = state === validity.warmUp || state === validity.initialStartUp;
      const bad = (status & error) !== 0 || state === validity.invalid;
      if (bad) throw new UserError("the part says that its values are invalid");
      const aqi = (bytes[1] ?? 0) & 0x07;
      // Just after its start its status is that of normal operation, and its values are those after power-on. The index begins at 1.
      const missing = isWarmingUp ? "the part warms up" : aqi === 0 ? "it has not measured it yet" : undefined;
      const ifMeasured = (value: number) => (missing === undefined ? value : new NoValue(missing));
      return {
        aqi: ifMeasured(aqi),
        tvoc: ifMeasured(littleEndian16(bytes, 2)),
        eco2: ifMeasured(littleEndian16(bytes, 4)),
        warming_up: isWarmingUp ? 1 : 0,
      };
    };
  },
  pretend: (_options, now) =>
    pretendedRegisters({
      read(at) {
        const { aqi, tvoc, eco2, warming_up } = now();
        if (at < register.mode) return lowFirst(expectedId)[at];
        if (at === register.status) return warming_up >= 0.5 ? validity.warmUp << 2 : 0;
        if (at === register.aqi) return Math.round(aqi);
        if (at < register.tvoc) return undefined;
        return lowFirst(Math.round(at < register.eco2 ? tvoc : eco2))[at % 2];
      },
    }),
});
