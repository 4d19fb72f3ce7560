import { expect, it } from "vitest";
import { startSensor, warnings } from "../fakes/sensor.ts";
import { FakeTree } from "../fakes/tree.ts";

const root = "/sys/class/thermal";

it("says which zones there are where the one that is wanted is not among them", async () => {
  const files = new FakeTree({
    [`${root}/thermal_zone0/type`]: "cpu-thermal\n",
    [`${root}/thermal_zone0/temp`]: "50000\n",
    [`${root}/cooling_device0/type`]: "pwm-fan\n",
  });
  expect(warnings(await startSensor("kind: thermal, zone: pwm-fan", { files }))).toEqual([
    "there is no thermal zone of the type pwm-fan; there are cpu-thermal",
  ]);
});

it("does not guess where there are two of a type", async () => {
  const files = new FakeTree({
    [`${root}/thermal_zone0/type`]: "acpitz\n",
    [`${root}/thermal_zone1/type`]: "acpitz\n",
  });
  expect(warnings(await startSensor("kind: thermal, zone: acpitz", { files }))).toEqual([
    "there are several thermal zones of the type acpitz",
  ]);
});
