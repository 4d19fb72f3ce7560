import { describe, expect, it } from "vitest";
import { startSensor, warnings } from "../fakes/sensor.ts";
import { FakeTree } from "../fakes/tree.ts";

const root = "/sys/class/power_supply";
const battery = (more: Readonly<Record<string, string>> = {}) =>
  new FakeTree({
    [`${root}/battery/type`]: "Battery\n",
    [`${root}/battery/voltage_now`]: "4072500\n",
    [`${root}/battery/capacity`]: "87\n",
    [`${root}/battery/status`]: "Unknown\n",
    ...more,
  });

describe("power_supply", () => {
  it("reads voltage and level of the only one there is", async () => {
    expect((await startSensor("kind: power_supply", { files: battery() })).reading()).toEqual({
      voltage: 4.07,
      battery: 87,
    });
  });

  it("knows of no charging where the driver does not know, and publishes the rest", async () => {
    const house = await startSensor("kind: power_supply, measures: [battery, charging]", { files: battery() });
    expect(house.reading()).toEqual({ battery: 87, charging: null });
    expect(warnings(house)).toEqual(["the sensor gave no charging: its driver does not know"]);
  });

  it.each([
    ["Charging", "ON"],
    ["Discharging", "OFF"],
    ["Not charging", "OFF"],
    ["Full", "OFF"],
  ])("takes %s for charging %s", async (status, charging) => {
    const files = battery({ [`${root}/battery/status`]: `${status}\n` });
    expect((await startSensor("kind: power_supply, measures: [charging]", { files })).reading()).toEqual({ charging });
  });

  it.each([
    [
      battery({ [`${root}/AC/online`]: "1\n" }),
      "",
      "there are several power supplies; choose one by supply: AC, battery",
    ],
    [battery(), ", supply: BAT0", "there is no power supply BAT0; there are battery"],
    [new FakeTree(), "", "there is no power supply; the kernel shows none in /sys/class/power_supply"],
    [battery(), ", measures: [current]", "battery shows no current; it shows voltage, battery, charging"],
  ])("says what there is", async (files, options, reason) => {
    expect(warnings(await startSensor(`kind: power_supply${options}`, { files }))).toEqual([reason]);
  });
});
