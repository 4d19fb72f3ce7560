import { type Files, readTrimmed } from "../../core/files.ts";

/** What sets the clock by a time server besides systemd-timesyncd, as programs in /usr/sbin. */
const timePrograms = ["chronyd", "ntpd"];
/** How far a clock that runs on a battery may be off, and still tells that the machine's time comes from it. */
const batteryClockMs = 60_000;

/** A program that sets the clock by a time server. */
export interface TimeService {
  readonly name: string;
  /** Whether it leaves {@link isMarkedAsSet a mark} when it has done so. What other programs know is not for users without rights. */
  readonly leavesMark: boolean;
}

/** What sets this machine's clock by a time server; undefined where nothing does. */
export async function timeService(files: Files): Promise<TimeService | undefined> {
  if ((await namesIn(files, "/run/systemd")).includes("timesync"))
    return { name: "systemd-timesyncd", leavesMark: true };
  // Unlike timesyncd these may start after us, so that nothing in /run tells.
  const programs = await namesIn(files, "/usr/sbin");
  const name = timePrograms.find((program) => programs.includes(program));
  return name === undefined ? undefined : { name, leavesMark: false };
}

/** Whether systemd-timesyncd has set the clock since the machine started: it leaves a mark then (systemd-timesyncd.service(8)). */
export async function isMarkedAsSet(files: Files): Promise<boolean> {
  return (await namesIn(files, "/run/systemd/timesync")).includes("synchronized");
}

/** Whether a clock that runs on a battery shows this time, in milliseconds since 1970. */
export async function isOnBattery(files: Files, nowMs: number): Promise<boolean> {
  for (const name of await namesIn(files, "/sys/class/rtc")) {
    const seconds = Number(await readTrimmed(files, `/sys/class/rtc/${name}/since_epoch`));
    if (Math.abs(seconds * 1000 - nowMs) < batteryClockMs) return true;
  }
  return false;
}

/** A sandbox may hide folders, which is as good as none. */
function namesIn(files: Files, folder: string): Promise<readonly string[]> {
  return files.list(folder).catch(() => []);
}
