import { defineKernelPart } from "../core/readers/kernel-part.ts";
import { quantity } from "../core/readers/quantity.ts";
import { around } from "../core/simulation/pretend.ts";

/**
 * Driver: drivers/iio/light/veml6075.c. It takes visible and infrared light off the two UV channels and makes the UV index of them. The
 * scale that it shows for the two channels is not that of its integration time, so they are not published. Raspberry Pi OS has driver and
 * overlay from Linux 6.8 on (raspberrypi/linux, "Add support for VEML6075 and HTS221 in i2c-sensor overlay").
 */
export const veml6075 = defineKernelPart({
  kind: "veml6075",
  summary: "A VEML6075 on I2C, read through the kernel's driver veml6075: the UV index.",
  usedFor: "the UV index from a VEML6075",
  group: "light",
  topic: "home/terrace/uv",
  driver: {
    subsystem: "iio",
    module: "veml6075",
    names: ["veml6075"],
    overlay: "i2c-sensor,veml6075",
    addresses: [0x10],
    since: "6.8",
  },
  measures: {
    uv_index: { ...quantity.uvIndex, range: [0, 20], channel: "in_uvindex", simulated: around(4, 3, 600_000) },
  },
});
