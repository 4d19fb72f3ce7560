import { UserError } from "../../core/errors.ts";
import { readTrimmed } from "../../core/machine/files.ts";
import { hwmonFolders } from "../../core/machine/named-folders.ts";
import { readHwmonFile } from "../../core/readers/channel.ts";
import { NoValue } from "../../core/sensor/no-value.ts";
import type { SensorContext } from "../../core/sensor.ts";
import { around } from "../../core/simulation/pretend.ts";
import { problem, type Source, type Values } from "./source.ts";

const never = { simulated: around(0, 0, 60_000) };

/** Whether the supply is below 4.63 V, as the driver raspberrypi-hwmon has asked the firmware in the last two seconds. */
export const supply: Source<"under_voltage"> = {
  offered: { under_voltage: { name: "Under-voltage", ...problem, ...never } },
  open:
    ({ files }) =>
    async () => {
      const chip = (await hwmonFolders(files)).find(({ name }) => name === "rpi_volt");
      if (chip === undefined) throw new UserError("the kernel does not show the supply, as it does on a Raspberry Pi");
      return { under_voltage: await readHwmonFile(files, chip.folder, "in0_lcrit_alarm") };
    },
  files: ({ under_voltage: alarm }) => ({
    "/sys/class/hwmon/hwmon-volt/name": "rpi_volt\n",
    "/sys/class/hwmon/hwmon-volt/in0_lcrit_alarm": `${Math.round(alarm)}\n`,
  }),
};

/** The bits of get_throttled (documentation of Raspberry Pi, vcgencmd): what is now, and 16 bits higher what was since the boot. */
const bits = {
  frequency_capped: 1,
  throttled: 2,
  temperature_limited: 3,
  under_voltage_since_boot: 16,
  frequency_capped_since_boot: 17,
  throttled_since_boot: 18,
  temperature_limited_since_boot: 19,
} as const;
type Name = keyof typeof bits;

const words = ["vcgencmd", "get_throttled"];
const limits = { timeoutMs: 3_000, mostBytes: 1_000 };
const firmware = "/sys/bus/platform/drivers/raspberrypi-firmware";

/**
 * Whether the firmware makes the processor slower, now and since the boot, as the program vcgencmd tells. Without the program the kernel's
 * file says what is now. It cannot say what was since the boot: the driver raspberrypi-hwmon has these bits cleared every two seconds.
 */
export const throttling: Source<Name> = {
  offered: {
    frequency_capped: { ...problem, ...never },
    throttled: { ...problem, ...never },
    temperature_limited: { ...problem, ...never },
    under_voltage_since_boot: { name: "Under-voltage since boot", ...problem, ...never },
    frequency_capped_since_boot: { ...problem, ...never },
    throttled_since_boot: { ...problem, ...never },
    temperature_limited_since_boot: { ...problem, ...never },
  },
  open: (context) => async () => {
    const told = await askProgram(context);
    if (told !== undefined) return flags((bit) => (told >>> bit) & 1);
    const shown = await readFile(context);
    const cleared = new NoValue("only the program vcgencmd knows what was since the boot");
    return flags((bit) => (bit < 16 ? (shown >>> bit) & 1 : cleared));
  },
  program(values, asked) {
    if (asked.join(" ") !== words.join(" ")) return undefined;
    const sum = Object.entries(bits).reduce((all, [name, bit]) => all + Math.round(values[name as Name]) * 2 ** bit, 0);
    return `throttled=0x${sum.toString(16)}\n`;
  },
};

/** All measures, each from its bit. */
function flags(flag: (bit: number) => number | NoValue): Values<Name> {
  return Object.fromEntries(Object.entries(bits).map(([name, bit]) => [name, flag(bit)])) as Values<Name>;
}

/** The word that the firmware gives; undefined where the program is missing or does not understand. */
async function askProgram({ programs }: SensorContext): Promise<number | undefined> {
  const result = await programs.run(words, limits).catch(() => undefined);
  const digits = /^throttled=0x([0-9a-f]{1,8})\s*$/i.exec(result?.stdout ?? "")?.[1];
  return result?.status === 0 && digits !== undefined ? Number.parseInt(digits, 16) : undefined;
}

/** The word as the kernel last got it. Its folder has another name on a Pi 5. */
async function readFile({ files }: SensorContext): Promise<number> {
  for (const device of await files.list(firmware)) {
    const text = await readTrimmed(files, `${firmware}/${device}/get_throttled`);
    if (text !== undefined && /^[0-9a-f]{1,8}$/i.test(text)) return Number.parseInt(text, 16);
  }
  throw new UserError("the firmware cannot be asked", {
    hint: 'install its program with "sudo apt install raspi-utils"',
  });
}
