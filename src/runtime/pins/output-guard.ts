import { Refusal } from "../../core/refusal.ts";
import type { GuardPorts, Wish } from "./guard-ports.ts";
import type { Seat } from "./interlock-group.ts";
import { LongestOn } from "./longest-on.ts";
import { shortestTime } from "./shortest-time.ts";

/**
 * What a device does at its start waits so long for its interlock group, in milliseconds. Another device that comes back hours later must not
 * switch anything on.
 */
const longestFirstMs = 60_000;

/**
 * Holds the limits between a kind and its line, for every output of every kind. It keeps the shortest times and the interlock group;
 * meanwhile only the newest wanted value waits. It ends the longest times on by itself. Driving to rest at the stop does not use it.
 */
export class OutputGuard<Value> {
  readonly #ports: GuardPorts<Value>;
  readonly #seat: Seat | undefined;
  readonly #longestOn: LongestOn;
  #isOn = false;
  #changedAtMs = Number.NEGATIVE_INFINITY;
  #wish: Wish<Value> | undefined;

  /** Make it when the line is claimed: until then the output may have been on. */
  constructor(ports: GuardPorts<Value>) {
    this.#ports = ports;
    const { limits, clock, interlock, off, drive } = ports;
    this.#longestOn = new LongestOn(limits, clock, (limit) => {
      this.forget();
      drive(off, limit);
    });
    this.#seat = interlock?.group.join(interlock.device, {
      drop: () => {
        if (this.#waitsFor("on") !== undefined) this.#orFail(() => this.#abandon());
      },
      yield: () => {
        if (this.#waitsFor("off") === undefined) this.#orFail(() => this.ask(off, "interlock"));
      },
      stay: () => {
        if (this.makesWay) this.forget();
      },
      look: () => this.#orFail(() => this.#look()),
    });
  }

  /** The line is claimed with this value. What was before is not known, so all times count from now. */
  begin(value: Value): void {
    this.#isOn = !this.#ports.isOn(value);
    this.seen(value);
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
    const isFirst = this.#ports.isStarting();
    const problem = wantsOn && !isFirst ? this.#seat?.problem() : undefined;
    if (problem !== undefined) throw new Refusal("interlock", problem);
    this.forget();
    if (wantsOn) this.#seat?.wish();
    if (wantsOn === this.#isOn) {
      if (wantsOn) this.#longestOn.renew();
      this.#ports.drive(value, cause);
      return;
    }
    const wish: Wish<Value> = { value, cause, isFirst, cancelTimer: () => {} };
    const { limit, waitMs } = this.#shortest(wantsOn);
    if (waitMs <= 0) this.#change(wish, cause);
    else this.#wait(wish, limit, waitMs);
  }

  /** Whether the output goes off as soon as it may, for another one of its interlock group. */
  get makesWay(): boolean {
    return this.#waitsFor("off")?.cause === "interlock";
  }

  /** Cancels the value that waits. */
  forget(): void {
    const wish = this.#wish;
    if (wish === undefined) return;
    wish.cancelTimer();
    this.#wish = undefined;
    this.#ports.waits.over(this);
    if (this.#ports.isOn(wish.value)) this.#seat?.withdraw();
  }

  /** Notes that the line has this value now, whatever the reason. */
  seen(value: Value): void {
    const on = this.#ports.isOn(value);
    this.#seat?.seen(on);
    if (on === this.#isOn) return;
    this.#isOn = on;
    this.#changedAtMs = this.#ports.clock.monotonicMs();
    if (on) this.#longestOn.begin();
    else this.#longestOn.stop();
    if (!on && this.makesWay) this.forget();
  }

  /** The device ends, and the line was driven to its rest as far as it was seen. */
  leave(): void {
    this.forget();
    this.#longestOn.stop();
    this.#seat?.leave();
  }

  /** Changes the line, as soon as the interlock group lets it. */
  #change(wish: Wish<Value>, cause: string | undefined): void {
    const { isOn, drive } = this.#ports;
    this.#wish = wish;
    const waitMs = isOn(wish.value) && this.#seat !== undefined ? this.#seat.makeWay() : 0;
    // Switching the others off may have ended this wish.
    if (this.#wish !== wish) return;
    if (waitMs === 0) {
      this.forget();
      // A write that fails may have worked, so it counts as on in its group from now until it is seen off.
      if (isOn(wish.value)) this.#seat?.seen(true);
      drive(wish.value, cause);
    } else this.#wait(wish, "interlock", waitMs);
  }

  #wait(wish: Wish<Value>, limit: string, waitMs: number | undefined): void {
    const { clock, waits, isOn } = this.#ports;
    wish.cancelTimer();
    this.#wish = wish;
    const untilMs = waitMs === undefined ? undefined : clock.monotonicMs() + waitMs;
    // Whoever drives a motor knows of its dead time.
    if (limit !== "dead_time") waits.note(this, { limit, on: isOn(wish.value), untilMs });
    if (waitMs !== undefined) wish.cancelTimer = clock.after(waitMs, () => this.#go(wish, limit));
    else if (wish.isFirst) wish.cancelTimer = clock.after(longestFirstMs, () => this.#abandon());
  }

  /** Another output of the group has changed. */
  #look(): void {
    const wish = this.#waitsFor("on");
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

  /** The change that waits, if it is one to this. */
  #waitsFor(wanted: "on" | "off"): Wish<Value> | undefined {
    return this.#wish !== undefined && this.#ports.isOn(this.#wish.value) === (wanted === "on")
      ? this.#wish
      : undefined;
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
    return { limit, waitMs: this.#changedAtMs + ms - this.#ports.clock.monotonicMs() };
  }
}
