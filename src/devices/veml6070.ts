import { UserError } from "../core/errors.ts";
import { readTrimmed } from "../core/machine/files.ts";
import type { BeginDoubt } from "../core/readers/doubt/doubt.ts";
import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/**
 * From Linux 6.13 on the driver showed 0 for any light, until a correction of the spring of 2026, which is in 7.0 and in later versions of
 * 6.18 and 6.19 (veml6070_read: "computes the sensor value in ret but returns 0"). There a 0 counts only when something else was seen.
 */
const onlyZeroIn = { from: 6.13, before: 7 } as const;

const zeroOfOldDriver: BeginDoubt = async ({ files }) => {
  const [, major = "", minor = ""] =
    /^(\d+)\.(\d+)/.exec((await readTrimmed(files, "/proc/sys/kernel/osrelease")) ?? "") ?? [];
  // 6.9 is before 6.13.
  const version = Number(`${major}.${minor.padStart(2, "0")}`);
  let isDoubted = version >= onlyZeroIn.from && version < onlyZeroIn.before;
  return {
    check(reading) {
      if (reading["uv_index"] !== 0) isDoubted = false;
      else if (isDoubted)
        throw new UserError("the driver of Linux 6.13 to 6.19 may show 0 for any light", {
          hint: "update the system if it stays so in the sun",
        });
    },
    failed() {},
  };
};

/**
 * Driver: drivers/iio/light/veml6070.c. It makes whole steps of the UV index from the intensity, for the resistor of 270 kΩ that boards
 * have at RSET; 11 means 11 or more. It takes the addresses 0x38 and 0x39.
 */
export const veml6070 = defineKernelPart({
  kind: "veml6070",
  summary:
    "A VEML6070 on I2C, read through the kernel's driver veml6070: the UV index in whole steps, where 11 is 11 or more.",
  usedFor: "the UV index from a VEML6070",
  searchedAs: ["GY-VEML6070"],
  group: "light",
  topic: "home/terrace/uv",
  driver: {
    subsystem: "iio",
    module: "veml6070",
    names: ["veml6070"],
    overlay: "i2c-sensor,veml6070",
    addresses: [0x38],
  },
  measures: {
    uv_index: {
      ...quantity.uvIndex,
      digits: 0,
      range: [0, 11],
      channel: "in_uvindex",
      simulated: around(4, 3, 600_000),
    },
  },
  doubt: zeroOfOldDriver,
});
