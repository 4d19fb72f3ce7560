import { Refusal } from "../../core/refusal.ts";
import { Deadlines } from "./deadlines.ts";
import type { DeadlineName } from "./guard-memory.ts";
import type { GuardPorts, Wish } from "./guard-ports.ts";
import type { Seat } from "./interlock-group.ts";
import { PendingWish } from "./pending-wish.ts";
import { shortestTime } from "./shortest-time.ts";

/**
 * Holds the limits between a kind and its line, for every output of every kind. It keeps the shortest times and the interlock group;
 * meanwhile only the newest wanted value waits. At its deadlines it switches by itself. Driving to rest at the stop does not use it.
 */
export class OutputGuard<Value> {
  readonly #ports: GuardPorts<Value>;
  readonly #seat: Seat | undefined;
  readonly #deadlines: Deadlines;
  #isOn = false;
  #changedAtMs = Number.NEGATIVE_INFINITY;
  readonly #pending: PendingWish<Value>;
  /** The change that is being made. */
  #making: Pick<Wish<Value>, "cause" | "times"> = { cause: undefined };
  /** The value with which it was on last. */
  #lastOn: Value | undefined;

  /** Make it when the line is claimed: until then the output may have been on. */
  constructor(ports: GuardPorts<Value>) {
    this.#ports = ports;
    const { interlock, off } = ports;
    this.#lastOn = ports.on;
    this.#pending = new PendingWish(ports, this, () => this.#seat);
    this.#deadlines = new Deadlines(ports, (name) => this.#orFail(() => this.#due(name)));
    this.#seat = interlock?.group.join(interlock.device, {
      drop: () => {
        if (this.#pending.to("on") !== undefined) this.#orFail(() => this.#abandon());
      },
      yield: () => {
        if (this.#pending.to("off") === undefined) this.#orFail(() => this.ask(off, "interlock"));
      },
      stay: () => {
        if (this.makesWay) this.forget();
      },
      look: () => this.#orFail(() => this.#look()),
    });
  }

  /**
   * The line is claimed with this value. What was before is not known, so the shortest times count from now; the longest ones go on.
   * `isWantedOn`: it goes on as soon as it may.
   */
  begin(value: Value, isWantedOn = false): void {
    const on = this.#ports.isOn(value);
    this.#seat?.seen(on);
    this.#note(value, on);
    if (on) this.#deadlines.on(undefined, true);
    else this.#deadlines.beginOff(isWantedOn);
  }

  /**
   * Drives the line now, or later if a limit says so. Only the newest value waits. Throws a {@link Refusal} if an output of the interlock
   * group may be on without anybody knowing; while the device is set up, it waits instead. Without a cause it is a command.
   */
  ask(value: Value, cause: string | undefined): void {
    const wantsOn = this.#ports.isOn(value);
    // A step of the kind's own, such as the end of a slow change. Nobody wants it on anew, so what waits and the time on stay as they are.
    if (wantsOn && this.#isOn && cause !== undefined) {
      this.#ports.drive(value, cause);
      return;
    }
    const times = this.#ports.times.take(wantsOn);
    const isFirst = this.#ports.isStarting();
    const problem = wantsOn && !isFirst ? this.#seat?.problem() : undefined;
    if (problem !== undefined) throw new Refusal("interlock", problem);
    this.forget();
    if (wantsOn) this.#seat?.wish();
    if (wantsOn === this.#isOn) {
      if (cause === undefined || times !== undefined) this.#deadlines.again(wantsOn, times);
      this.#ports.drive(value, cause);
      return;
    }
    this.#want({ value, cause, times, isFirst, cancelTimer: () => {} });
  }

  #want(wish: Wish<Value>): void {
    const wantsOn = this.#ports.isOn(wish.value);
    const { limit, waitMs } = this.#shortest(wantsOn);
    if (waitMs <= 0) this.#change(wish, wish.cause);
    else this.#wait(wish, limit, waitMs);
  }

  /** Whether the output goes off as soon as it may, for another one of its interlock group. */
  get makesWay(): boolean {
    return this.#pending.to("off")?.cause === "interlock";
  }

  /** Cancels the value that waits. */
  forget(): void {
    this.#pending.forget();
  }

  /** Notes that the line has this value now, whatever the reason. */
  seen(value: Value): void {
    const on = this.#ports.isOn(value);
    this.#seat?.seen(on);
    if (on === this.#isOn) return;
    this.#note(value, on);
    const { cause, times } = this.#making;
    if (on) this.#deadlines.on(times, cause === "initial");
    else this.#deadlines.off(times);
    if (!on && this.makesWay) this.forget();
  }

  /** The device ends: from now on the line is only driven to its rest. Its deadlines are kept for the next start. */
  end(): void {
    this.forget();
    this.#deadlines.stop();
    this.#ports.memory.close();
  }

  /** The line was driven to its rest, as far as it was seen. */
  leave(): void {
    this.end();
    this.#seat?.leave();
  }

  #note(value: Value, on: boolean): void {
    if (on) this.#lastOn = value;
    this.#isOn = on;
    this.#changedAtMs = this.#ports.clock.monotonicMs();
  }

  /** A deadline has come. */
  #due(name: DeadlineName): void {
    const { off, drive } = this.#ports;
    // What is there for safety does not wait. The time of a command waits for the shortest times, as another command does.
    if (name === "on_time") this.ask(off, name);
    else if (name !== "off_time") {
      this.forget();
      drive(off, name);
    } else if (this.#lastOn !== undefined) {
      this.forget();
      this.#seat?.wish();
      // Nobody waits for an answer, so it waits for its interlock group as at the start.
      this.#want({ value: this.#lastOn, cause: name, isFirst: true, cancelTimer: () => {} });
    }
  }

  /** Changes the line, as soon as the interlock group lets it. */
  #change(wish: Wish<Value>, cause: string | undefined): void {
    const { isOn, drive } = this.#ports;
    this.#pending.hold(wish);
    const waitMs = isOn(wish.value) && this.#seat !== undefined ? this.#seat.makeWay() : 0;
    // Switching the others off may have ended this wish.
    if (!this.#pending.is(wish)) return;
    if (waitMs === 0) {
      this.forget();
      // A write that fails may have worked, so it counts as on in its group from now until it is seen off.
      if (isOn(wish.value)) this.#seat?.seen(true);
      this.#making = wish;
      try {
        drive(wish.value, cause);
      } finally {
        this.#making = { cause: undefined };
      }
    } else this.#wait(wish, "interlock", waitMs);
  }

  #wait(wish: Wish<Value>, limit: string, waitMs: number | undefined): void {
    this.#pending.wait(wish, limit, waitMs, { go: () => this.#go(wish, limit), giveUp: () => this.#abandon() });
  }

  /** Another output of the group has changed. */
  #look(): void {
    const wish = this.#pending.to("on");
    if (wish !== undefined && this.#shortest(true).waitMs <= 0) this.#go(wish, "interlock");
  }

  #go(wish: Wish<Value>, limit: string): void {
    wish.cancelTimer();
    // Whoever gave the command may have gone long before the other output can be reached again.
    if (!wish.isFirst && this.#ports.isOn(wish.value) && this.#seat?.problem() !== undefined) this.#abandon();
    else this.#change(wish, limit === "dead_time" ? (wish.cause ?? limit) : limit);
  }

  /** Gives up the change to on that waits, and says that the output stays off, so that the kind no longer goes by it. */
  #abandon(): void {
    this.forget();
    this.#ports.drive(this.#ports.off, "interlock");
  }

  #orFail(task: () => void): void {
    try {
      task();
    } catch (error) {
      this.#ports.fail(error as Error);
    }
  }

  /** For how many milliseconds the output keeps its present state, and by which limit. */
  #shortest(wantsOn: boolean): { readonly limit: string; readonly waitMs: number } {
    const { limit, ms } = shortestTime(this.#ports, wantsOn);
    const waitMs = this.#changedAtMs + ms - this.#ports.clock.monotonicMs();
    const restMs = wantsOn ? Deadlines.restMs(this.#ports) : 0;
    return restMs > waitMs ? { limit: "max_on_rest", waitMs: restMs } : { limit, waitMs };
  }
}
