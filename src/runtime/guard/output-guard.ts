import { Refusal } from "../../core/refusal.ts";
import type { DeadlineName } from "./guard-memory.ts";
import { type GuardPorts, quickPorts, type Wish } from "./guard-ports.ts";
import { heldBack } from "./held-back.ts";
import type { Seat } from "./interlock-group.ts";
import { OutputTimes } from "./output-times.ts";
import { PendingWish } from "./pending-wish.ts";

/**
 * Holds the limits between a kind and its line, for every output of every kind. It keeps the shortest times and the interlock group;
 * meanwhile only the newest wanted value waits. At its deadlines it switches by itself. Driving to rest at the stop does not use it.
 */
export class OutputGuard<Value> {
  readonly #ports: GuardPorts<Value>;
  readonly #seat: Seat | undefined;
  readonly #times: OutputTimes<Value>;
  readonly #pending: PendingWish<Value>;

  /** Make it when the line is claimed: until then the output may have been on. */
  constructor(given: GuardPorts<Value>) {
    const ports = quickPorts(given);
    this.#ports = ports;
    const { interlock, off, failSafe } = ports;
    this.#pending = new PendingWish(ports, this, () => this.#seat);
    this.#times = new OutputTimes(ports, (name) => this.#orFail(() => this.#due(name)));
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
    failSafe?.join(this);
  }

  get isOn(): boolean {
    return this.#times.isOn;
  }

  /**
   * The line is claimed with this value. What was before is not known, so the shortest times count from now; the longest ones go on.
   * `isWantedOn`: it goes on as soon as it may.
   */
  begin(value: Value, isWantedOn = false): void {
    this.#seat?.seen(this.#ports.isOn(value));
    this.#times.begin(value, isWantedOn);
  }

  /**
   * Drives the line now, or later if a limit says so. Only the newest value waits. Throws a {@link Refusal} if an output of the interlock
   * group may be on without anybody knowing; while the device is set up, it waits instead. It also throws one while the fail-safe holds the
   * output. Without a cause it is a command.
   */
  ask(value: Value, cause: string | undefined): void {
    const wantsOn = this.#ports.isOn(value);
    // A step of the kind's own, such as the end of a slow change. Nobody wants it on anew, so what waits and the time on stay as they are.
    if (wantsOn && this.#times.isOn && cause !== undefined) {
      this.#ports.drive(value, cause);
      return;
    }
    const isFirst = this.#ports.isStarting();
    const holds = heldBack(this.#ports, wantsOn, cause === undefined);
    if (holds !== undefined) {
      this.forget();
      // The kind is told that it stays off.
      this.#ports.drive(this.#ports.off, holds);
      return;
    }
    const times = this.#ports.times.take(wantsOn);
    const problem = wantsOn && !isFirst ? this.#seat?.problem() : undefined;
    if (problem !== undefined) throw new Refusal("interlock", problem);
    this.forget();
    if (wantsOn) this.#seat?.wish();
    if (wantsOn === this.#times.isOn) {
      if (cause === undefined || times !== undefined) this.#times.again(times);
      this.#ports.drive(value, cause);
      return;
    }
    const wish: Wish<Value> = { value, cause, times, isFirst, cancelTimer: () => {} };
    const { limit, waitMs } = this.#times.shortest(wantsOn);
    if (waitMs <= 0) this.#change(wish, cause);
    else this.#wait(wish, limit, waitMs);
  }

  /** Switches off for the fail-safe, which waits for nothing. What waits to switch it on is forgotten, also an `off_time`. */
  enforceOff(cause: string): void {
    this.#orFail(() => {
      this.forget();
      if (this.#times.isOn) this.#ports.drive(this.#ports.off, cause);
      else this.#times.again(undefined);
    });
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
    if (this.#times.seen(value) && !on && this.makesWay) this.forget();
  }

  /** The device ends: from now on the line is only driven to its rest. Its deadlines are kept for the next start. */
  end(): void {
    this.forget();
    this.#times.end();
    this.#ports.failSafe?.leave(this);
  }

  /** The line was driven to its rest, as far as it was seen. */
  leave(): void {
    this.end();
    this.#seat?.leave();
  }

  /** A deadline has come. */
  #due(name: DeadlineName): void {
    const { off, drive, switchOn, failSafe } = this.#ports;
    if (name === "off_time") switchOn();
    // The time of a command leads no more away from the fail-safe state than a command does.
    else if (name === "on_time" && failSafe?.forbids(false) !== undefined) return;
    // The time of a command waits for the shortest times, as another command does. What is there for safety does not wait.
    else if (name === "on_time") this.ask(off, name);
    else {
      this.forget();
      drive(off, name);
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
      this.#times.during(wish, () => drive(wish.value, cause));
    } else this.#wait(wish, "interlock", waitMs);
  }

  #wait(wish: Wish<Value>, limit: string, waitMs: number | undefined): void {
    this.#pending.wait(wish, limit, waitMs, { go: () => this.#go(wish, limit), giveUp: () => this.#abandon() });
  }

  /** Another output of the group has changed. */
  #look(): void {
    const wish = this.#pending.to("on");
    if (wish !== undefined && this.#times.shortest(true).waitMs <= 0) this.#go(wish, "interlock");
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
}
