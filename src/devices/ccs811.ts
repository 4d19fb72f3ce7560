import { firstValues } from "../core/readers/doubt/first-values.ts";
import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/**
 * Driver: drivers/iio/chemical/ccs811.c. It waits up to a second for each value. The part needs 48 hours when it is new, and 20 minutes
 * after each start, until its values are right; its pin WAKE must be low (datasheet DS000459). Until then 400 ppm and 0 ppb are where it
 * begins, and no fresh air. After a loss of its supply its driver reads nothing (its status has no new value). Ranges: those of its firmware 2.
 */
export const ccs811 = defineKernelPart({
  kind: "ccs811",
  summary: "A CCS811 on I2C, read through the kernel's driver ccs811; its values are right 20 minutes after its start.",
  usedFor: "estimated CO₂ and TVOC from a CCS811",
  searchedAs: ["CJMCU-811", "CO2", "air quality"],
  group: "air",
  topic: "home/office/air",
  driver: {
    subsystem: "iio",
    module: "ccs811",
    names: ["ccs811"],
    overlay: "i2c-sensor,ccs811",
    hasAddr: true,
    addresses: [0x5b, 0x5a],
  },
  measures: {
    eco2: {
      ...quantity.carbonDioxide,
      name: "eCO₂",
      range: [400, 29_206],
      channel: "in_concentration_co2",
      simulated: around(640, 160, 500_000),
    },
    tvoc: {
      ...quantity.volatileOrganics,
      range: [0, 32_768],
      channel: "in_concentration_voc",
      // From percent to ppb.
      factor: 10_000_000,
      simulated: around(120, 60, 400_000),
    },
  },
  every: { default: "30s", min: "5s" },
  waitsMs: 5_000,
  doubt: firstValues({ eco2: 400, tvoc: 0 }, 20 * 60_000),
});
