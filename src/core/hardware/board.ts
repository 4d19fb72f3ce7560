import { type Files, readTrimmed } from "../files.ts";

/** What this machine is, as far as its files tell. */
export interface Board {
  /** "Raspberry Pi 4 Model B Rev 1.4"; undefined on what has no device tree. */
  readonly model: string | undefined;
  /** The serial number of the board; undefined on what has no device tree. */
  readonly serial: string | undefined;
  /** The processor by the name that the device tree gives it, such as "bcm2711"; undefined on anything but a Raspberry Pi. */
  readonly chip: string | undefined;
  /** "Linux 6.12.34+rpt-rpi-v8". */
  readonly kernel: string | undefined;
  /** "Debian GNU/Linux 13 (trixie)", with "Raspberry Pi OS" before it where it is one. */
  readonly system: string | undefined;
}

/**
 * Reads what this machine is. The device tree's `compatible` names the processor whatever the model is called and however
 * many bits the system has; "Hardware" in /proc/cpuinfo says BCM2835 on all of them.
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
