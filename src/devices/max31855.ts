import { UserError } from "../core/errors.ts";
import { readingCode } from "../core/readers/patiently.ts";
import { quantity } from "../core/readers/quantity.ts";
import { defineReadPart } from "../core/readers/read-part.ts";
import { around } from "../core/simulation/pretend.ts";

/**
 * Driver: drivers/iio/temperature/maxim_thermocouple.c, which refuses a reading with EINVAL when the part's fault bit is set. Where nothing
 * drives the data line low or high, all bits are alike: ones have the fault bit, zeros would be 0 °C for both measures.
 */
export const max31855 = defineReadPart({
  kind: "max31855",
  summary:
    "A thermocouple at a MAX31855 on SPI, read through the kernel's driver maxim_thermocouple; the letter of the part (K, J, N, T, S, R, E) stands in its overlay.",
  usedFor: "temperatures up to 1800 °C from a thermocouple at a MAX31855",
  searchedAs: ["oven", "kiln"],
  group: "climate",
  driver: {
    subsystem: "iio",
    module: "maxim_thermocouple",
    names: ["max31855k", "max31855", ...["j", "n", "t", "s", "r", "e"].map((type) => `max31855${type}`)],
    overlay: "maxtherm,spi0-0,max31855k",
    addresses: [],
  },
  options: {},
  example: { topic: "home/sauna/oven", device: "spi0.0" },
  // Datasheet, table 1 and electrical characteristics: thermocouples from -270 °C to 1800 °C, the part itself from -40 °C to 125 °C.
  measures: {
    temperature: { ...quantity.temperature, range: [-270, 1800] },
    reference_temperature: { ...quantity.temperature, entity_category: "diagnostic", range: [-40, 125] },
  },
  simulated: { temperature: around(85, 10, 300_000), reference_temperature: around(24, 1, 300_000) },
  async read(files) {
    try {
      const temperature = (await files.channel("in_temp")) / 1000;
      const reference = (await files.channel("in_temp_ambient")) / 1000;
      if (temperature !== 0 || reference !== 0) return { temperature, reference_temperature: reference };
    } catch (error) {
      if (readingCode(error) !== "EINVAL") throw error;
      throw new UserError("the thermocouple is not connected, or it touches ground or the supply", {
        hint: "check its wires",
        cause: error,
      });
    }
    throw new UserError("the sensor gave only zeros", { hint: "check its wiring and its supply" });
  },
  shows: ({ temperature, reference_temperature: reference }) => ({
    in_temp_raw: Math.round(temperature / 0.25),
    in_temp_scale: 250,
    in_temp_ambient_raw: Math.round(reference / 0.0625),
    in_temp_ambient_scale: "62.500000",
  }),
});
