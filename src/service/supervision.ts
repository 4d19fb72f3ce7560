import type { Cancel, Clock } from "../core/time/clock.ts";
import { type Notify, type NotifyPorts, notifier } from "./notify.ts";

/** What supervision works with. */
export interface SupervisionPorts extends NotifyPorts {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** This process's number. */
  readonly pid: number;
  /** The machine's own clock, never that of a scenario: systemd's watchdog counts real time. */
  readonly clock: Clock;
}

/** What systemd is told about this process. Nothing is sent if no systemd asked for it. */
export interface Supervision {
  /**
   * Tells systemd that the outputs have their levels, for which `systemctl start` waits. From now on it sends the watchdog its messages.
   * `status` is called again and again for the line that `systemctl status` shows.
   */
  ready(status: () => string): Promise<void>;
  /** Tells systemd that this process is about to end by itself, and sends the watchdog no more messages. */
  stopping(): Promise<void>;
}

/** How often a changed status is sent if there is no watchdog. */
const statusEveryMs = 10_000;
/** At the start the status says which devices are starting. Most have their first reading after this time, which follows within a second. */
const startedMs = 2_000;
/** How many messages the watchdog gets in each of its periods: one may be late and another lost, and the process still counts as alive. */
const messagesPerPeriod = 3;

/** Finds the systemd that started this process, by the environment variables of sd_notify(3) and sd_watchdog_enabled(3). */
export function superviseBySystemd(ports: SupervisionPorts): Supervision {
  const socket = ports.environment["NOTIFY_SOCKET"];
  if (socket === undefined || socket === "") return { ready: async () => {}, stopping: async () => {} };
  const notify = notifier(socket, ports);
  let stop: Cancel = () => {};
  return {
    async ready(status) {
      const first = status();
      await notify("READY=1", `STATUS=${first}`);
      stop = keepTelling(notify, ports, status, first);
    },
    stopping() {
      stop();
      return notify("STOPPING=1", "STATUS=brings its devices to rest");
    },
  };
}

/**
 * Sends the watchdog its messages, which prove that timers still run, and a status whenever it has changed. The messages go on while a
 * device is offline or hangs: a restart would switch the relays of all other devices.
 */
function keepTelling(
  notify: Notify,
  { clock, ...ports }: SupervisionPorts,
  status: () => string,
  told: string,
): Cancel {
  const periodMs = watchdogPeriodMs(ports);
  const everyMs = periodMs === undefined ? statusEveryMs : periodMs / messagesPerPeriod;
  let known = told;
  let cancel: Cancel = () => {};
  const tell = (alive: readonly string[]) => {
    const now = status();
    const news = now === known ? [] : [`STATUS=${now}`];
    known = now;
    if (news.length + alive.length > 0) void notify(...alive, ...news);
  };
  const go = () => {
    cancel = clock.after(everyMs, go);
    tell(periodMs === undefined ? [] : ["WATCHDOG=1"]);
  };
  cancel = clock.after(everyMs, go);
  const cancelFirst = clock.after(startedMs, () => tell([]));
  return () => {
    cancelFirst();
    cancel();
  };
}

/** How long the watchdog waits for a message, in milliseconds. Undefined if there is none, or if it watches another process. */
function watchdogPeriodMs({ environment, pid }: Pick<SupervisionPorts, "environment" | "pid">): number | undefined {
  const { WATCHDOG_USEC: microseconds, WATCHDOG_PID: watched = String(pid) } = environment;
  const periodMs = Number(microseconds) / 1_000;
  return periodMs > 0 && watched === String(pid) ? periodMs : undefined;
}
