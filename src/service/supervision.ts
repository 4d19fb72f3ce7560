import type { Cancel, Clock } from "../core/time/clock.ts";
import { type Notify, type NotifyPorts, notifier } from "./notify.ts";

/** What supervision works with. */
export interface SupervisionPorts extends NotifyPorts {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** This process's number. */
  readonly pid: number;
  /** The machine's own: the watchdog does not know of scenarios. */
  readonly clock: Clock;
}

/** What systemd is told of this process; nothing where no systemd asked for it. */
export interface Supervision {
  /**
   * Says that the outputs are where they should be, which `systemctl start` waits for, and begins to feed the watchdog. `status` is
   * asked again and again for the line that `systemctl status` shows.
   */
  ready(status: () => string): Promise<void>;
  /** Says that this process is about to end by itself, and feeds the watchdog no more. */
  stopping(): Promise<void>;
}

/** Without a watchdog to feed, a status is at most so old. */
const statusEveryMs = 10_000;
/** One message may be late and another be lost before the watchdog bites. */
const mealsPerPeriod = 3;

/** Finds the systemd that started this process, by the variables that sd_notify(3) and sd_watchdog_enabled(3) describe. */
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
 * Feeds the watchdog, whose hunger proves that timers run, and tells a status when it changed. A device that is offline or hangs is
 * no reason to let it starve: a new start would move the relays of all others.
 */
function keepTelling(
  notify: Notify,
  { clock, ...ports }: SupervisionPorts,
  status: () => string,
  told: string,
): Cancel {
  const periodMs = watchdogPeriodMs(ports);
  const everyMs = periodMs === undefined ? statusEveryMs : periodMs / mealsPerPeriod;
  let known = told;
  let cancel: Cancel = () => {};
  const tell = () => {
    cancel = clock.after(everyMs, tell);
    const now = status();
    const news = now === known ? [] : [`STATUS=${now}`];
    known = now;
    const meal = periodMs === undefined ? [] : ["WATCHDOG=1"];
    if (news.length + meal.length > 0) void notify(...meal, ...news);
  };
  cancel = clock.after(everyMs, tell);
  return () => cancel();
}

/** How long the watchdog waits, where it watches this process and not one that started it. */
function watchdogPeriodMs({ environment, pid }: Pick<SupervisionPorts, "environment" | "pid">): number | undefined {
  const { WATCHDOG_USEC: microseconds, WATCHDOG_PID: watched = String(pid) } = environment;
  const periodMs = Number(microseconds) / 1_000;
  return periodMs > 0 && watched === String(pid) ? periodMs : undefined;
}
