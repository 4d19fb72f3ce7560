import { UserError } from "../../core/errors.ts";
import { hwmonFolders } from "../../core/machine/named-folders.ts";
import { readHwmonFile } from "../../core/readers/channel.ts";
import { around } from "../../core/simulation/pretend.ts";
import type { Source } from "./source.ts";

/** The drivers of a fan: that of the Pi 5 and of fan boards, and that of boards for compute modules (drivers/hwmon/pwm-fan.c, emc2305.c). */
const drivers = ["pwmfan", "emc2305"];

/** The speed of the fan. */
export const fan: Source<"fan_speed"> = {
  offered: {
    fan_speed: {
      name: "Fan speed",
      unit: "rpm",
      digits: 0,
      range: [0, 100_000],
      simulated: around(2600, 400, 200_000),
    },
  },
  open:
    ({ files }) =>
    async () => {
      const chip = (await hwmonFolders(files)).find(({ name }) => drivers.includes(name));
      if (chip === undefined) throw new UserError("the kernel shows no fan with a speed");
      return { fan_speed: await readHwmonFile(files, chip.folder, "fan1_input") };
    },
  files: ({ fan_speed: speed }) => ({
    "/sys/class/hwmon/hwmon-fan/name": "pwmfan\n",
    "/sys/class/hwmon/hwmon-fan/fan1_input": `${Math.round(speed)}\n`,
  }),
};
