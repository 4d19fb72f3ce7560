import { UserError } from "../../core/errors.ts";
import { readTrimmed } from "../../core/machine/files.ts";
import { hwmonFolders } from "../../core/machine/named-folders.ts";
import { readHwmonFile } from "../../core/readers/channel.ts";
import { quantity } from "../../core/readers/quantity.ts";
import { NoValue } from "../../core/sensor/no-value.ts";
import { around, milli } from "../../core/simulation/pretend.ts";
import { percent, type Source } from "./source.ts";

/** The drivers that show the temperature of a drive in hwmon: NVMe (drivers/nvme/host/hwmon.c), and SATA (drivers/hwmon/drivetemp.c). */
const drivers = ["nvme", "drivetemp"];

/**
 * The temperature of the hottest drive. So it does not matter which of several the kernel finds first. Being asked may keep a SATA drive from
 * going to sleep (Documentation/hwmon/drivetemp.rst).
 */
export const drives: Source<"drive_temperature"> = {
  offered: {
    drive_temperature: { ...quantity.temperature, range: [-40, 150], simulated: around(44, 3, 300_000) },
  },
  open:
    ({ files }) =>
    async () => {
      const chips = (await hwmonFolders(files)).filter(({ name }) => drivers.includes(name));
      const temperatures: number[] = [];
      for (const { folder } of chips)
        temperatures.push(await readHwmonFile(files, folder, "temp1_input").catch(() => Number.NaN));
      const known = temperatures.filter((one) => !Number.isNaN(one));
      if (known.length > 0) return { drive_temperature: Math.max(...known) / 1000 };
      throw new UserError(
        chips.length > 0
          ? "no drive gives its temperature"
          : "the kernel shows no drive with a temperature; a SATA drive needs its module drivetemp",
      );
    },
  files: ({ drive_temperature: temperature }) => ({
    "/sys/class/hwmon/hwmon-nvme/name": "nvme\n",
    "/sys/class/hwmon/hwmon-nvme/temp1_input": milli(temperature),
  }),
};

const cards = "/sys/bus/mmc/devices";

/**
 * How much of the life of the built-in memory (eMMC) is used up, in steps of 10 %, from its register DEVICE_LIFE_TIME_EST (JESD84-B51, ABI
 * sysfs-bus-mmc): 0x01 means up to 10 %, 0x0b more than 100 %. SD cards have no such register.
 */
export const wear: Source<"storage_wear"> = {
  offered: {
    storage_wear: { name: "Storage wear", ...percent, digits: 0, range: [0, 110], simulated: around(20, 0, 60_000) },
  },
  open:
    ({ files }) =>
    async () => {
      for (const card of await files.list(cards)) {
        const text = await readTrimmed(files, `${cards}/${card}/life_time`);
        if (text === undefined) continue;
        const tenths = Math.max(...text.split(/\s+/).map(Number));
        return { storage_wear: tenths > 0 ? 10 * tenths : new NoValue("the memory does not tell it") };
      }
      throw new UserError("the kernel shows no built-in memory (eMMC); SD cards do not tell how worn they are");
    },
  files: ({ storage_wear: worn }) => ({
    [`${cards}/mmc0:0001/life_time`]: `0x${Math.round(worn / 10)
      .toString(16)
      .padStart(2, "0")} 0x01\n`,
  }),
};
