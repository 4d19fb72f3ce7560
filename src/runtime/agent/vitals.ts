import { type Files, readTrimmed } from "../../core/files.ts";
import type { Clock } from "../../core/time/clock.ts";
import type { RestartReason } from "./restart-reason.ts";
import type { WallClock } from "./wall-clock.ts";

/** How the machine under the agent is; what cannot be seen there is absent. */
export interface MachineVitals {
  /** °C. */
  readonly cpu_temperature?: number;
  /** Whether the supply is too weak now, as the firmware sees it. */
  readonly under_voltage?: boolean;
}

/** Reads the processor's temperature and the firmware's alarm; each has a driver that names itself. */
export async function readMachineVitals(files: Files): Promise<MachineVitals> {
  const [temperature, alarm] = await Promise.all([
    fileOf(files, "/sys/class/thermal", "type", "cpu-thermal", "temp").catch(cannotBeSeen),
    // raspberrypi-hwmon: the alarm is 1 while the supply is below 4.63 V.
    fileOf(files, "/sys/class/hwmon", "name", "rpi_volt", "in0_lcrit_alarm").catch(cannotBeSeen),
  ]);
  return {
    ...(temperature && { cpu_temperature: Math.round(Number(temperature) / 100) / 10 }),
    ...(alarm && { under_voltage: alarm === "1" }),
  };
}

/** A sandbox may hide folders; no diagnosis is worth the agent. */
const cannotBeSeen = () => undefined;

async function fileOf(files: Files, root: string, nameFile: string, name: string, file: string) {
  for (const folder of await files.list(root))
    if ((await readTrimmed(files, `${root}/${folder}/${nameFile}`)) === name)
      return readTrimmed(files, `${root}/${folder}/${file}`);
  return undefined;
}

/** What only the agent knows of itself. */
export interface AgentVitals {
  /** How often the connection to the broker had to be made anew. */
  readonly reconnects: number;
  /** Messages that are not with the broker yet. */
  readonly queue: number;
  /** Answers given up since the start, because too many messages waited for the broker. */
  readonly dropped: number;
  /** Why this run began, once the broker has told what the run before left; absent where nobody knows. */
  readonly restart_reason?: RestartReason | undefined;
  /** How this run ended, in its last health only. */
  readonly ended?: "stopped" | "restart asked" | undefined;
  /** What was refused since the start, by reason; reasons that never were are left out. */
  readonly refused: Readonly<Record<string, number>>;
  /** Failures since the start, by device; those that never failed are left out. */
  readonly failures: Readonly<Record<string, number>>;
}

/** Health as it is published: everything that changes, in the units that people read. */
export type Health = AgentVitals &
  MachineVitals & {
    /** Seconds since the agent started. */
    readonly uptime: number;
    /** MiB that the process occupies. */
    readonly memory: number;
    /** The kernel's name for the time since the machine started. */
    readonly boot_id?: string | undefined;
    /** Null while nobody knows the time. */
    readonly ts: string | null;
  };

/** What the kernel calls the time since the machine started. */
export function readBootId(files: Files): Promise<string | undefined> {
  return readTrimmed(files, "/proc/sys/kernel/random/boot_id");
}

/** Gathers the health of an agent that started at `startedAtMs` of the clock. */
export async function gatherHealth(
  agent: AgentVitals,
  startedAtMs: number,
  { files, clock, wallClock }: { files: Files; clock: Clock; wallClock: WallClock },
): Promise<Health> {
  return {
    uptime: Math.round((clock.monotonicMs() - startedAtMs) / 1000),
    ...agent,
    memory: Math.round(process.memoryUsage.rss() / 2 ** 20),
    boot_id: await readBootId(files),
    ...(await readMachineVitals(files)),
    ts: wallClock.timeOf(clock.monotonicMs()),
  };
}
