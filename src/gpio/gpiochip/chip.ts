import { errorCode, UserError } from "../../core/errors.ts";
import type { GpioPorts } from "../../core/hardware/gpio.ts";
import { type ChosenChip, chooseChip } from "../chips.ts";
import { groupHint } from "../line-problem.ts";
import type { Libc } from "./libc.ts";
import * as abi from "./line-abi.ts";

/**
 * How long to wait for udev. It gives a new /dev/gpiochip* to group gpio a moment after the kernel has made it. If that takes longer, the
 * device is tried again later.
 */
const udevPatienceMs = 1_000;
const udevLookEveryMs = 50;

/** A chip with a character device. */
export interface Chip {
  readonly path: string;
  /** Its name in /dev, such as "gpiochip0". */
  readonly name: string;
  readonly label: string;
  readonly lines: number;
}

/** Opens the chip for one action. The chip is looked for each time, so that one that was removed and came back is found again. */
export type WithChip = <T>(pin: number, action: (file: number) => T) => Promise<T>;

/**
 * Finds the chip that is wanted. Waits for a short time if there are chips that this user may not open yet. Rejects with a
 * UserError.
 */
export async function findChip(
  libc: Libc,
  ports: Pick<GpioPorts, "files" | "clock" | "chip" | "named">,
): Promise<ChosenChip<Chip>> {
  const { files, clock } = ports;
  const deadline = clock.monotonicMs() + udevPatienceMs;
  for (;;) {
    const paths = (await files.list("/dev")).filter((name) => /^gpiochip\d+$/.test(name)).map((name) => `/dev/${name}`);
    const seen = new Map(paths.map((path) => [path, chipAt(libc, path)]));
    const forbidden = paths.filter((path) => seen.get(path) === "forbidden");
    const chips = [...seen.values()].filter((one) => typeof one === "object");
    try {
      return await chooseChip(chips, ports, "/dev", "dev");
    } catch (error) {
      if (forbidden.length === 0) throw error;
      if (clock.monotonicMs() > deadline)
        throw new UserError(`${forbidden.join(" and ")} may not be opened by this user`, { hint: groupHint });
    }
    await new Promise<void>((resolve) => clock.after(udevLookEveryMs, resolve));
  }
}

function chipAt(libc: Libc, path: string): Chip | "forbidden" | "gone" {
  let file: number;
  try {
    file = libc.open(path);
  } catch (error) {
    return ["EACCES", "EPERM"].includes(errorCode(error)) ? "forbidden" : "gone";
  }
  try {
    const info = abi.emptyChipInfo();
    libc.ioctl(file, abi.command.chipInfo, info);
    return { path, ...abi.decodeChipInfo(info) };
  } catch {
    return "gone";
  } finally {
    libc.close(file);
  }
}
