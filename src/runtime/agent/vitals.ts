import { type Files, readTrimmed } from "../../core/machine/files.ts";
import { hwmonFolders, thermalZones } from "../../core/machine/named-folders.ts";
import type { Clock } from "../../core/time/clock.ts";
import type { RestartReason } from "./restart-reason.ts";
import type { WallClock } from "./wall-clock.ts";

/** How the machine is. What cannot be read is absent. */
export interface MachineVitals {
  /** °C. */
  readonly cpu_temperature?: number;
  /** Whether the supply voltage is too low now, as the firmware sees it. */
  readonly under_voltage?: boolean;
}

/** Reads the temperature of the processor and the firmware's alarm. Each is found by the name of its driver. */
export async function readMachineVitals(files: Files): Promise<MachineVitals> {
  const [temperature, alarm] = await Promise.all([
    fileOf(files, thermalZones, "cpu-thermal", "temp").catch(cannotBeSeen),
    // The driver raspberrypi-hwmon: the alarm is 1 while the supply is below 4.63 V.
    fileOf(files, hwmonFolders, "rpi_volt", "in0_lcrit_alarm").catch(cannotBeSeen),
  ]);
  return {
    ...(temperature && { cpu_temperature: Math.round(Number(temperature) / 100) / 10 }),
    ...(alarm && { under_voltage: alarm === "1" }),
  };
}

/** A sandbox may hide folders. Missing values must not stop the agent. */
const cannotBeSeen = () => undefined;

async function fileOf(files: Files, look: typeof hwmonFolders, wanted: string, file: string) {
  const found = (await look(files)).find(({ name }) => name === wanted);
  return found && readTrimmed(files, `${found.folder}/${file}`);
}

/** What the agent knows of itself. */
export interface AgentVitals {
  /** How often the connection to the broker was lost and made again. */
  readonly reconnects: number;
  /** How many messages the broker has not acknowledged yet. */
  readonly queue: number;
  /** How many answers were dropped since the start, because too many messages waited for the broker. */
  readonly dropped: number;
  /** Why this run began. Absent until the broker has sent what the run before left, and if nobody knows. */
  readonly restart_reason?: RestartReason | undefined;
  /** How this run ended; only in its last health. */
  readonly ended?: "stopped" | "restart asked" | undefined;
  /** How many commands were refused since the start, by reason. Reasons without any are left out. */
  readonly refused: Readonly<Record<string, number>>;
  /** How many failures there were since the start, by device. Devices without any are left out. */
  readonly failures: Readonly<Record<string, number>>;
  /** How often the outputs were switched, by device, as far as the disk knows. Devices that never were are left out. */
  readonly switchings: Readonly<Record<string, number>>;
  /** How many percent of its rated cycles an output has done, by device. Devices below 90 % are left out. */
  readonly worn: Readonly<Record<string, number>>;
}

/** The health as it is published, in units for people. */
export type Health = AgentVitals &
  MachineVitals & {
    /** Seconds since the agent started. */
    readonly uptime: number;
    /** Memory that the process uses, in MiB. */
    readonly memory: number;
    /** The kernel's id of the present boot of the machine. */
    readonly boot_id?: string | undefined;
    /** The time of day; null while it is not known. */
    readonly ts: string | null;
  };

/** The kernel's id of the present boot of the machine. Undefined if it cannot be read. */
export function readBootId(files: Files): Promise<string | undefined> {
  return readTrimmed(files, "/proc/sys/kernel/random/boot_id");
}

/** Collects the health of an agent that started at `startedAtMs` on the scale of the clock. */
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
