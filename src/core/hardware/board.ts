import { type Files, readTrimmed } from "../machine/files.ts";

/** What this machine is, read from its files. */
export interface Board {
  /** Such as "Raspberry Pi 4 Model B Rev 1.4"; undefined on a machine without a device tree. */
  readonly model: string | undefined;
  /** The serial number of the board; undefined on a machine without a device tree. */
  readonly serial: string | undefined;
  /** The processor by its name in the device tree, such as "bcm2711"; undefined on every machine that is not a Raspberry Pi. */
  readonly chip: string | undefined;
  /** Such as "Linux 6.12.34+rpt-rpi-v8". */
  readonly kernel: string | undefined;
  /** Such as "Debian GNU/Linux 13 (trixie)", with "Raspberry Pi OS" before it on that system. */
  readonly system: string | undefined;
}

/**
 * Reads what this machine is. The processor is taken from the device tree's `compatible`, which is right for every model and for systems of
 * 32 and 64 bits. "Hardware" in /proc/cpuinfo is no help: it says BCM2835 on all of them.
 */
export async function readBoard(files: Files): Promise<Board> {
  const read = (path: string) => readTrimmed(files, path);
  const [model, serial, compatible, release, osRelease, issue] = await Promise.all([
    read("/proc/device-tree/model"),
    read("/proc/device-tree/serial-number"),
    read("/proc/device-tree/compatible"),
    read("/proc/sys/kernel/osrelease"),
    read("/etc/os-release"),
    read("/etc/rpi-issue"),
  ]);
  const name = /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(osRelease ?? "")?.[1];
  return {
    model,
    serial: serial || undefined,
    chip: /\bbrcm,(bcm2\d{3})\b/.exec(compatible ?? "")?.[1],
    kernel: release && `Linux ${release}`,
    system: issue === undefined ? name : `Raspberry Pi OS on ${name ?? "an unknown system"}`,
  };
}
