import { UserError } from "../core/errors.ts";
import type { GpioPorts, Level } from "../core/hardware/gpio.ts";
import type { PinName } from "../core/hardware/pin-name.ts";
import { type Files, readTrimmed } from "../core/machine/files.ts";
import { chooseChip, type WantedChip } from "./chips.ts";
import { groupHint, lineProblem } from "./line-problem.ts";

/** The kernel's older interface to its pins (Documentation/admin-guide/gpio/sysfs.rst). */
export const root = "/sys/class/gpio";

/** How long to wait for udev. It gives the files of a new line to group gpio 10 to 500 ms after the kernel has made them. */
const udevPatienceMs = 5_000;
const udevLookEveryMs = 10;

/** One chip in sysfs. A pin's number there is `base` plus its BCM number. Since kernel 6.6 pin 17 is 529 on most Pis. */
export interface SysfsChip {
  readonly label: string;
  readonly base: number;
  readonly lines: number;
}

/** Finds the chip that is wanted. Rejects with a UserError. */
export async function findSysfsChip(wanted: WantedChip): Promise<SysfsChip> {
  const { files } = wanted;
  const chips: (SysfsChip & { name: string })[] = [];
  for (const name of await files.list(root)) {
    if (!name.startsWith("gpiochip")) continue;
    const [label, base, lines] = await Promise.all(
      ["label", "base", "ngpio"].map((file) => readTrimmed(files, `${root}/${name}/${file}`)),
    );
    if (label !== undefined) chips.push({ name, label, base: Number(base), lines: Number(lines) });
  }
  return chooseChip(chips, wanted, root, "sysfs");
}

/**
 * Makes the folder of a line, and waits until udev has given us its files. It is done before onoff exports the line, because onoff would
 * wait in a busy loop.
 */
export async function exportLine({ files, clock }: GpioPorts, pin: PinName, number: number): Promise<void> {
  const folder = `${root}/gpio${number}`;
  if ((await files.list(folder)).length === 0) {
    await files.writeText(`${root}/export`, String(number)).catch((error) => {
      throw lineProblem(pin, error);
    });
  }
  // A line without interrupts has no `edge`. So that file is waited for only if it exists.
  const withEdge = (await files.list(folder)).includes("edge") ? ["edge"] : [];
  const needed = ["value", "direction", "active_low", ...withEdge].map((name) => `${folder}/${name}`);
  await waitForUdev({ files, clock }, pin, needed);
}

/**
 * Waits until the files can be written. udev gives new files to group gpio a moment after the kernel has made them. Rejects with a
 * UserError if that takes too long.
 */
export async function waitForUdev(
  { files, clock }: Pick<GpioPorts, "files" | "clock">,
  pin: PinName,
  paths: readonly string[],
): Promise<void> {
  const deadline = clock.monotonicMs() + udevPatienceMs;
  const areWritable = async () => (await Promise.all(paths.map((path) => files.isWritable(path)))).every(Boolean);
  while (!(await areWritable())) {
    if (clock.monotonicMs() > deadline) {
      const folder = paths[0]?.slice(0, paths[0].lastIndexOf("/"));
      throw new UserError(`the files of pin ${pin} in ${folder} cannot be written`, { hint: groupHint });
    }
    await new Promise<void>((resolve) => clock.after(udevLookEveryMs, resolve));
  }
}

/** The number that is in a file. */
export async function numberIn(files: Files, path: string): Promise<number> {
  return Number(await files.readText(path));
}

/** The physical level of a line that is an output already. Undefined if it is not one. */
export async function presentOutputLevel(files: Files, number: number): Promise<Level | undefined> {
  const [direction, value, activeLow] = await Promise.all(
    ["direction", "value", "active_low"].map((file) => readTrimmed(files, `${root}/gpio${number}/${file}`)),
  );
  if (direction !== "out") return undefined;
  return (value === "1") === (activeLow === "1") ? 0 : 1;
}
