import { firstValuesAfterFailure } from "../core/readers/doubt/first-values.ts";
import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/**
 * Driver: drivers/iio/chemical/sgp30.c. It gives CO₂ and TVOC as fractions of 1, not in IIO's percent, and nothing (EBUSY) for 15 s after
 * its start. It measures each second by itself, and goes on with its last values when the part is gone; the raw signal of ethanol is asked
 * of the part. After a loss of the supply it does not send sgp30_iaq_init again, which the part needs then; it begins with 400 ppm and 0 ppb
 * (datasheet, section 6.3). It keeps no baseline, so the part needs 12 hours after each power-on to be exact. Ranges: datasheet SGP30, section 1.
 */
export const sgp30 = defineKernelPart({
  kind: "sgp30",
  summary: "An SGP30 on I2C, read through the kernel's driver sgp30; its values are right 12 hours after power-on.",
  usedFor: "estimated CO₂ and TVOC from an SGP30",
  searchedAs: ["GY-SGP30", "CO2", "air quality"],
  group: "air",
  topic: "home/kitchen/air",
  driver: {
    subsystem: "iio",
    module: "sgp30",
    names: ["sgp30"],
    overlay: "i2c-sensor,sgp30",
    addresses: [0x58],
  },
  measures: {
    eco2: {
      ...quantity.carbonDioxide,
      name: "eCO₂",
      range: [400, 60_000],
      channel: "in_concentration_co2",
      factor: 1_000_000,
      simulated: around(580, 120, 450_000),
    },
    tvoc: {
      ...quantity.volatileOrganics,
      range: [0, 60_000],
      channel: "in_concentration_voc",
      factor: 1_000_000_000,
      simulated: around(90, 50, 350_000),
    },
  },
  asks: "in_concentration_ethanol_raw",
  doubt: firstValuesAfterFailure({ eco2: 400, tvoc: 0 }, "sgp30"),
});
