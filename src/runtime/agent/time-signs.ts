import { type Files, readTrimmed } from "../../core/machine/files.ts";

/** Programs that set the clock from a time server, besides systemd-timesyncd. They are in /usr/sbin. */
const timePrograms = ["chronyd", "ntpd"];
/** How far the battery-backed clock may differ, in milliseconds, so that the machine's time still counts as coming from it. */
const batteryClockMs = 60_000;

/** A program that sets the clock from a time server. */
export interface TimeService {
  readonly name: string;
  /** Whether it leaves {@link isMarkedAsSet a mark} after setting the clock. Other programs tell only users with special rights. */
  readonly leavesMark: boolean;
}

/** The program that sets this machine's clock from a time server. Undefined if there is none. */
export async function timeService(files: Files): Promise<TimeService | undefined> {
  if ((await namesIn(files, "/run/systemd")).includes("timesync"))
    return { name: "systemd-timesyncd", leavesMark: true };
  // Unlike timesyncd, these programs may start after this agent, so there may be no file in /run yet.
  const programs = await namesIn(files, "/usr/sbin");
  const name = timePrograms.find((program) => programs.includes(program));
  return name === undefined ? undefined : { name, leavesMark: false };
}

/** Whether systemd-timesyncd has set the clock since the machine started. It makes a file then (systemd-timesyncd.service(8)). */
export async function isMarkedAsSet(files: Files): Promise<boolean> {
  return (await namesIn(files, "/run/systemd/timesync")).includes("synchronized");
}

/** Whether a clock that runs on a battery shows this time, given in milliseconds since 1970. */
export async function isOnBattery(files: Files, nowMs: number): Promise<boolean> {
  for (const name of await namesIn(files, "/sys/class/rtc")) {
    const seconds = Number(await readTrimmed(files, `/sys/class/rtc/${name}/since_epoch`));
    if (Math.abs(seconds * 1000 - nowMs) < batteryClockMs) return true;
  }
  return false;
}

/** The names in a folder. A sandbox may hide folders; a hidden folder counts as empty. */
function namesIn(files: Files, folder: string): Promise<readonly string[]> {
  return files.list(folder).catch(() => []);
}
