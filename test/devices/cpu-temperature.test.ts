import { describe, expect, it } from "vitest";
import { startSensor, warnings } from "../fakes/sensor.ts";
import { type FakeFile, FakeTree } from "../fakes/tree.ts";

describe("cpu_temperature", () => {
  const start = (files: Record<string, FakeFile>) =>
    startSensor("kind: cpu_temperature", { files: new FakeTree(files) });

  it("finds the processor by name, not by number", async () => {
    const house = await start({
      "/sys/class/thermal/thermal_zone0/type": "acpitz\n",
      "/sys/class/thermal/thermal_zone0/temp": "20000\n",
      "/sys/class/thermal/thermal_zone1/type": "cpu-thermal\n",
      "/sys/class/thermal/thermal_zone1/temp": "48686\n",
    });
    expect(house.reading()).toEqual({ temperature: 48.7 });
  });

  it("finds it among the hwmon chips where there is no thermal zone", async () => {
    const house = await start({
      "/sys/class/hwmon/hwmon3/name": "k10temp\n",
      "/sys/class/hwmon/hwmon3/temp1_input": "61500\n",
    });
    expect(house.reading()).toEqual({ temperature: 61.5 });
  });

  it("says that a virtual machine has none", async () => {
    expect(warnings(await start({}))).toEqual([
      "this machine shows no temperature in /sys/class/thermal or /sys/class/hwmon; a virtual machine has none; remove the device or run with --simulate",
    ]);
  });
});
