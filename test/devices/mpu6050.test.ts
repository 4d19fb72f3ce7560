import { describe, expect, it } from "vitest";
import { startSensor, warnings } from "../fakes/sensor.ts";
import { FakeTree } from "../fakes/tree.ts";

describe("an mpu6050", () => {
  const device = "/sys/bus/i2c/devices/1-0068";
  const startMpu = ([x, y, z]: readonly [number, number, number]) => {
    const shown = {
      in_accel_x_raw: x,
      in_accel_y_raw: y,
      in_accel_z_raw: z,
      in_accel_scale: "0.000598",
      in_temp_raw: -1_360,
      in_temp_offset: 12_420,
      in_temp_scale: "2.941176",
    };
    const files = Object.entries(shown).map(([file, text]) => [`${device}/iio:device0/${file}`, `${text}\n`]);
    return startSensor("kind: mpu6050, every: 10s", {
      files: new FakeTree({ [`${device}/name`]: "mpu6050\n", ...Object.fromEntries(files) }),
    });
  };

  // 16399 steps of 0.000598 m/s² are gravity; 11596 are its share at 45°.
  it.each([
    ["flat", [0, 0, 16_399], 0, 0],
    ["on its side", [0, 16_399, 0], 0, 90],
    ["on its other side", [0, -16_399, 0], 0, -90],
    ["upside down", [0, 0, -16_399], 0, 180],
    ["nose up", [-11_596, 0, 11_596], 45, 0],
    ["nose down", [16_399, 0, 0], -90, 0],
  ] as const)("is %s", async (_what, axes, pitch, roll) => {
    expect((await startMpu(axes)).reading()).toEqual({ pitch, roll, temperature: 32.5 });
  });

  it.each([
    ["it is being moved", [0, 0, 25_000]],
    ["it is being moved", [0, 0, 10_000]],
    ["it feels no gravity; check its supply", [0, 0, 0]],
  ] as const)("has no tilt where %s", async (reason, axes) => {
    const sensor = await startMpu(axes);
    expect(sensor.reading()).toEqual({ pitch: null, roll: null, temperature: 32.5 });
    expect(warnings(sensor)).toEqual([`the sensor gave no pitch: ${reason}`, `the sensor gave no roll: ${reason}`]);
  });
});
