import { UserError } from "../core/errors.ts";
import { readingCode } from "../core/readers/patiently.ts";
import { quantity } from "../core/readers/quantity.ts";
import { defineReadPart } from "../core/readers/read-part.ts";
import { around } from "../core/simulation/pretend.ts";

/**
 * Driver: drivers/iio/temperature/maxim_thermocouple.c, which refuses a reading with EINVAL when no thermocouple is connected. The part
 * measures from 0 °C on, and a data line that nobody drives reads as 0 too: so 0 is no value.
 */
export const max6675 = defineReadPart({
  kind: "max6675",
  summary:
    "A thermocouple of type K at a MAX6675 on SPI, above 0 °C, read through the kernel's driver maxim_thermocouple.",
  usedFor: "temperatures up to 1000 °C from a thermocouple at a MAX6675",
  searchedAs: ["oven", "kiln", "HW-550"],
  group: "climate",
  driver: {
    subsystem: "iio",
    module: "maxim_thermocouple",
    names: ["max6675"],
    overlay: "maxtherm,spi0-0,max6675",
    addresses: [],
  },
  options: {},
  example: { topic: "home/sauna/oven", device: "spi0.0" },
  measures: { temperature: { ...quantity.temperature, range: [0.25, 1023.75] } },
  simulated: { temperature: around(85, 10, 300_000) },
  async read(files) {
    const milli = await files.channel("in_temp").catch((cause) => {
      if (readingCode(cause) !== "EINVAL") throw cause;
      throw new UserError("the thermocouple is not connected", { hint: "check its wires", cause });
    });
    if (milli === 0)
      throw new UserError("the sensor gave only zeros, or its thermocouple has 0 °C or less", {
        hint: "check its wiring and its supply",
      });
    return { temperature: milli / 1000 };
  },
  shows: ({ temperature }) => ({ in_temp_raw: Math.round(temperature / 0.25), in_temp_scale: 250 }),
});
