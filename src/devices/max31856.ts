import { UserError } from "../core/errors.ts";
import { quantity } from "../core/readers/quantity.ts";
import { defineReadPart } from "../core/readers/read-part.ts";
import { around } from "../core/simulation/pretend.ts";

/**
 * Driver: drivers/iio/temperature/max31856.c. With a fault it refuses readings with EIO, as for a bus that does not work; so its files of
 * faults are read first.
 */
export const max31856 = defineReadPart({
  kind: "max31856",
  summary:
    "A thermocouple at a MAX31856 on SPI, read through the kernel's driver max31856; the type of the thermocouple stands in its overlay, such as type_k.",
  usedFor: "temperatures up to 1800 °C from a thermocouple of any type at a MAX31856",
  searchedAs: ["oven", "kiln"],
  group: "climate",
  driver: {
    subsystem: "iio",
    module: "max31856",
    names: ["max31856"],
    overlay: "maxtherm,spi0-0,max31856,type_k",
    addresses: [],
  },
  options: {},
  example: { topic: "home/sauna/oven", device: "spi0.0" },
  // Datasheet, table 1 and electrical characteristics: thermocouples from -210 °C to 1800 °C, the part itself from -55 °C to 125 °C.
  measures: {
    temperature: { ...quantity.temperature, range: [-210, 1800] },
    reference_temperature: { ...quantity.temperature, entity_category: "diagnostic", range: [-55, 125] },
  },
  simulated: { temperature: around(85, 10, 300_000), reference_temperature: around(24, 1, 300_000) },
  async read(files) {
    if ((await files.number("fault_oc")) !== 0)
      throw new UserError("the thermocouple is not connected", { hint: "check its wires" });
    if ((await files.number("fault_ovuv")) !== 0)
      throw new UserError("the thermocouple's voltage is too high or too low", {
        hint: "look for a wire that touches the supply or ground",
      });
    const temperature = (await files.channel("in_temp")) / 1000;
    const reference = (await files.channel("in_temp_ambient")) / 1000;
    if (temperature === 0 && reference === 0)
      throw new UserError("the sensor gave only zeros", { hint: "check its wiring and its supply" });
    return { temperature, reference_temperature: reference };
  },
  shows: ({ temperature, reference_temperature: reference }) => ({
    fault_oc: 0,
    fault_ovuv: 0,
    in_temp_raw: Math.round(temperature / 0.0078125),
    in_temp_scale: "7.812500",
    in_temp_ambient_raw: Math.round(reference / 0.015625),
    in_temp_ambient_scale: "15.625000",
  }),
});
