import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/**
 * Driver: drivers/iio/humidity/hdc3020.c. In older kernels its scales, 175 and 100 for 65,536 steps, give °C and %; in newer ones, such as
 * 6.12.117, they are a thousand times as large, as IIO asks for. Its overlay takes a GPIO for its interrupt (raspberrypi/linux, i2c-sensor-common.dtsi);
 * Raspberry Pi OS builds the driver from Linux 6.9 on. Ranges: datasheet HDC3020, electrical characteristics.
 */
export const hdc3020 = defineKernelPart({
  kind: "hdc3020",
  summary:
    "An HDC3020, HDC3021 or HDC3022 on I2C, read through the kernel's driver hdc3020 (dtoverlay=i2c-sensor,hdc3020,int_pin=4; the GPIO of int_pin belongs to the driver then).",
  usedFor: "temperature and humidity from an HDC3020, HDC3021 or HDC3022",
  group: "climate",
  topic: "home/greenhouse/climate",
  driver: {
    subsystem: "iio",
    module: "hdc3020",
    names: ["hdc3020", "hdc3021", "hdc3022"],
    overlay: "i2c-sensor,hdc3020,int_pin=4",
    hasAddr: true,
    addresses: [0x44, 0x45, 0x46, 0x47],
    since: "6.9",
  },
  measures: {
    temperature: {
      ...quantity.temperature,
      range: [-40, 125],
      channel: "in_temp",
      otherUnit: { scaleBelow: 0.5, factor: 1 },
      simulated: around(23.4, 1.5, 240_000),
    },
    humidity: {
      ...quantity.humidity,
      range: [0, 100],
      channel: "in_humidityrelative",
      otherUnit: { scaleBelow: 0.5, factor: 1 },
      simulated: around(62, 8, 300_000),
    },
  },
});
