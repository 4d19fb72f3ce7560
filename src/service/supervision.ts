import type { Cancel, Clock } from "../core/clock.ts";
import { type Notify, type NotifyPorts, notifier } from "./notify.ts";

/** How the agent does, asked again and again. */
export interface Condition {
  /** One line for `systemctl status`. */
  readonly status: string;
  /** Why the whole agent has to be started anew, as a clause; a device that is offline is no reason. */
  readonly stuck?: string | undefined;
}

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
  /** Says that the outputs are where they should be, which `systemctl start` waits for, and begins to feed the watchdog. */
  ready(condition: () => Condition): Promise<void>;
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
    async ready(condition) {
      const { status } = condition();
      await notify("READY=1", `STATUS=${status}`);
      stop = keepTelling(notify, ports, condition, status);
    },
    stopping() {
      stop();
      return notify("STOPPING=1", "STATUS=brings its devices to rest");
    },
  };
}

/**
 * Feeds the watchdog, whose hunger proves that timers run and that the agent is not stuck, and tells a status when it changed.
 * A stuck agent says so and asks for its end, by which systemd starts it anew.
 */
function keepTelling(notify: Notify, ports: SupervisionPorts, condition: () => Condition, told: string): Cancel {
  const { clock, log } = ports;
  const periodMs = watchdogPeriodMs(ports);
  const everyMs = periodMs === undefined ? statusEveryMs : periodMs / mealsPerPeriod;
  let known = told;
  let cancel: Cancel = () => {};
  const tell = () => {
    cancel = clock.after(everyMs, tell);
    const { status, stuck } = condition();
    if (stuck !== undefined && periodMs !== undefined) {
      cancel();
      log.error({ reason: stuck }, "the agent is stuck and asks systemd to start it anew");
      return void notify("WATCHDOG=trigger", `STATUS=stuck: ${stuck}`);
    }
    const news = status === known ? [] : [`STATUS=${status}`];
    known = status;
    const meal = periodMs === undefined ? [] : ["WATCHDOG=1"];
    if (news.length + meal.length > 0) void notify(...meal, ...news);
  };
  cancel = clock.after(everyMs, tell);
  return () => cancel();
}

/** How long the watchdog waits, where it watches this process and not one that started it. */
function watchdogPeriodMs({ environment, pid }: SupervisionPorts): number | undefined {
  const { WATCHDOG_USEC: microseconds, WATCHDOG_PID: watched = String(pid) } = environment;
  const periodMs = Number(microseconds) / 1_000;
  return periodMs > 0 && watched === String(pid) ? periodMs : undefined;
}
