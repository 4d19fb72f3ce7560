import { quantity } from "../core/readers/quantity.ts";
import { defineReadPart } from "../core/readers/read-part.ts";
import { NoValue } from "../core/sensor/no-value.ts";
import { around } from "../core/simulation/pretend.ts";

/** Gravity in m/s². */
const gravity = 9.80665;
/** At rest the sensor feels gravity alone. Where it feels much less or more, it is being moved, and its tilt is not known. */
const restMs2 = [0.8 * gravity, 1.2 * gravity] as const;
const degrees = 180 / Math.PI;
/** A step in the range ±2 g (inv_mpu_core.c, in_accel_scale_available). */
const simulatedScale = 0.000598;

/**
 * Driver: drivers/iio/imu/inv_mpu6050/inv_mpu_core.c: acceleration as raw numbers with a scale in m/s² that the axes share, temperature
 * with offset and scale in m°C. The overlay takes a pin for the interrupt, which these readings do not need; older
 * kernels, such as 6.1, refuse a part without one.
 */
export const mpu6050 = defineReadPart({
  kind: "mpu6050",
  summary:
    "An MPU-6050 on I2C, such as a GY-521 board, read through the kernel's driver inv-mpu6050: how it is tilted. Its overlay takes pin 4 for the interrupt, wired or not, or the pin that int_pin= names.",
  usedFor: "the tilt of a window, gate or tank lid from an MPU-6050",
  searchedAs: ["GY-521", "accelerometer"],
  group: "motion",
  driver: {
    subsystem: "iio",
    module: "inv-mpu6050",
    names: ["mpu6050"],
    overlay: "i2c-sensor,mpu6050",
    hasAddr: true,
    addresses: [0x68, 0x69],
  },
  options: {},
  example: { topic: "home/garage/gate", every: "5s" },
  measures: {
    pitch: { ...quantity.angle, range: [-90, 90] },
    roll: { ...quantity.angle, range: [-180, 180] },
    temperature: { ...quantity.temperature, entity_category: "diagnostic", range: [-40, 85] },
  },
  simulated: { pitch: around(2, 1, 200_000), roll: around(30, 25, 300_000), temperature: around(24, 1, 300_000) },
  async read(files) {
    const x = await files.channel("in_accel_x");
    const y = await files.channel("in_accel_y");
    const z = await files.channel("in_accel_z");
    const temperature = (await files.channel("in_temp")) / 1000;
    const felt = Math.hypot(x, y, z);
    if (felt < restMs2[0] || felt > restMs2[1]) {
      const reason = new NoValue(felt === 0 ? "it feels no gravity; check its supply" : "it is being moved");
      return { pitch: reason, roll: reason, temperature };
    }
    return {
      pitch: Math.atan2(-x, Math.hypot(y, z)) * degrees,
      roll: Math.atan2(y, z) * degrees,
      temperature,
    };
  },
  shows({ pitch, roll, temperature }) {
    const flat = Math.cos(pitch / degrees);
    const axes = {
      x: -Math.sin(pitch / degrees),
      y: flat * Math.sin(roll / degrees),
      z: flat * Math.cos(roll / degrees),
    };
    return {
      ...Object.fromEntries(
        Object.entries(axes).map(([axis, share]) => [
          `in_accel_${axis}_raw`,
          Math.round((share * gravity) / simulatedScale),
        ]),
      ),
      in_accel_scale: simulatedScale.toFixed(6),
      // Datasheet RM-MPU-6000A, register 65: °C = raw / 340 + 36.53.
      in_temp_raw: Math.round((temperature - 36.53) * 340),
      in_temp_offset: 12420,
      in_temp_scale: "2.941176",
    };
  },
});
