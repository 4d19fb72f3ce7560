import { UserError } from "../core/errors.ts";
import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/**
 * Driver: drivers/iio/humidity/hts221_core.c. Its scales are made of the part's own calibration and give °C and %, not IIO's thousandths: a
 * step is about 0.02 °C or -0.004 %. Its overlay calls it hts221-humid, and takes a GPIO for its interrupt (raspberrypi/linux,
 * i2c-sensor-common.dtsi); Raspberry Pi OS builds the driver from Linux 6.9 on. Ranges: datasheet HTS221, section 2.
 */
export const hts221 = defineKernelPart({
  kind: "hts221",
  summary:
    "An HTS221 on I2C, as on the Sense HAT, read through the kernel's driver hts221 (dtoverlay=i2c-sensor,hts221,int_pin=4; the GPIO of int_pin belongs to the driver then).",
  usedFor: "temperature and humidity from an HTS221",
  searchedAs: ["Sense HAT"],
  group: "climate",
  topic: "home/hall/climate",
  driver: {
    subsystem: "iio",
    module: "hts221",
    names: ["hts221", "hts221-humid"],
    overlay: "i2c-sensor,hts221,int_pin=4",
    addresses: [0x5f],
    since: "6.9",
  },
  measures: {
    temperature: {
      ...quantity.temperature,
      range: [-40, 120],
      channel: "in_temp",
      otherUnit: { scaleBelow: 0.5, factor: 1 },
      simulated: around(24.1, 0.6, 140_000),
    },
    humidity: {
      ...quantity.humidity,
      range: [0, 100],
      channel: "in_humidityrelative",
      beyond: 10,
      otherUnit: { scaleBelow: 0.5, factor: 1 },
      simulated: around(41, 3, 230_000),
    },
  },
  // After the supply was lost, the part only measures when it is told to, which the driver does not know: both outputs stay at 0, which is
  // some 20 °C and 40 % with the calibration of many parts (datasheet HTS221, registers CTRL_REG1 and HUMIDITY_OUT).
  async mustAnswer(files) {
    if ((await files.number("in_temp_raw")) !== 0 || (await files.number("in_humidityrelative_raw")) !== 0) return;
    throw new UserError("the sensor measures nothing, as after a loss of its supply", {
      hint: "restart the Pi, or unload its driver hts221_i2c and load it again",
    });
  },
});
