import type { Log } from "../../core/log/log.ts";
import type { Files } from "../../core/machine/files.ts";
import type { Cancel, Clock } from "../../core/time/clock.ts";
import { isMarkedAsSet, isOnBattery, type TimeService, timeService } from "./time-signs.ts";

/** When this version was made. A clock that shows an earlier time is wrong. */
const earliestMs = Date.UTC(2026, 0, 1);
/**
 * How long after the machine's start the agent waits for the right time. A Pi gets it from a time server about 30 s after it has a network.
 * A house may have no internet.
 */
const patienceMs = 10 * 60_000;
const lookEveryMs = 5_000;
/** How often the agent looks when it no longer waits. */
const lookSeldomMs = 60_000;
/**
 * A clock that was changed by more than this, in milliseconds, has been set. Smaller errors are corrected slowly (chrony's makestep in
 * Debian has this limit).
 */
const stepMs = 1_000;

/** What is known of the time: nothing, that the machine's clock shows a possible one, or that the clock is right. */
type Knowledge = "nothing" | "unconfirmed" | "right";

/**
 * The time of day, as far as it is known. A Pi without a battery starts in 1970, or with the time at which it was switched off, until it
 * gets the time from a server. Time stamps from before that would mislead people. So there is no time until the clock is right; then what
 * has happened before gets its true time.
 *
 * The clock is right if its year is possible and one of these is true:
 * - no program on this machine sets it from a time server
 * - systemd-timesyncd has made its file /run/systemd/timesync/synchronized (systemd-timesyncd.service(8))
 * - a clock with a battery shows the same time
 * - somebody has set it since the agent started
 *
 * Ten minutes after the machine's start a possible year is enough, because a house without internet never gets the time.
 */
export class WallClock {
  readonly #files: Files;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #listeners: (() => void)[] = [];
  /** The time of day minus the monotonic time, when the agent started. */
  readonly #offsetMs: number;
  #knowledge: Knowledge = "nothing";
  #service: TimeService | undefined;
  /** The sentence that was logged last. */
  #logged: string | undefined;
  #cancel: Cancel = () => {};
  #stopped = false;

  constructor({ files, clock, log }: { files: Files; clock: Clock; log: Log }) {
    this.#files = files;
    this.#clock = clock;
    this.#log = log;
    this.#offsetMs = this.#offset();
  }

  /** The time of day in ISO 8601 for a moment of {@link Clock.monotonicMs}. Null while the time is not known. */
  timeOf(atMs: number): string | null {
    return this.#knowledge === "nothing" ? null : new Date(atMs + this.#offset()).toISOString();
  }

  /** Whether there is a time of day, confirmed or not. */
  get isKnown(): boolean {
    return this.#knowledge !== "nothing";
  }

  /** Whether something has confirmed the time of day. */
  get isRight(): boolean {
    return this.#knowledge === "right";
  }

  /** Calls the listener when the time becomes known, and when it becomes certain. */
  onSet(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Looks now, and again until the clock is right. */
  async watch(): Promise<void> {
    this.#service = await timeService(this.#files);
    await this.#look();
  }

  /** Stops looking. */
  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  async #look(): Promise<void> {
    const knowledge = await this.#find();
    if (this.#stopped) return;
    const isNews = knowledge !== this.#knowledge;
    this.#knowledge = knowledge;
    this.#tellLog();
    if (isNews) for (const listener of this.#listeners) listener();
    if (knowledge === "right") return;
    const waits = knowledge === "nothing" && this.#clock.monotonicMs() < patienceMs;
    this.#cancel = this.#clock.after(waits ? lookEveryMs : lookSeldomMs, () => void this.#look());
  }

  async #find(): Promise<Knowledge> {
    if (!this.#canBe()) return "nothing";
    const isRight =
      this.#service === undefined ||
      this.#wasSet() ||
      (await isMarkedAsSet(this.#files)) ||
      (await isOnBattery(this.#files, this.#clock.now().getTime()));
    if (isRight) return "right";
    // Once the time counts as known, it stays known.
    return this.#clock.monotonicMs() < patienceMs ? this.#knowledge : "unconfirmed";
  }

  #canBe(): boolean {
    return this.#clock.now().getTime() >= earliestMs;
  }

  #wasSet(): boolean {
    return Math.abs(this.#offset() - this.#offsetMs) > stepMs;
  }

  #offset(): number {
    return this.#clock.now().getTime() - this.#clock.monotonicMs();
  }

  #tellLog(): void {
    const reason = this.#doubt();
    if (this.#knowledge === "right") {
      if (this.#logged !== undefined) this.#say("info", {}, "the time is known now");
    } else if (this.#knowledge === "unconfirmed")
      this.#say(
        this.#service?.leavesMark ? "warn" : "info",
        { reason },
        "uses the time of this machine's clock, which nothing has confirmed",
      );
    else if (this.#clock.monotonicMs() < patienceMs)
      this.#say("info", { reason }, "the time is not known yet; until then messages have no time");
    else this.#say("warn", { reason }, "the time is still not known; messages have no time");
  }

  #doubt(): string {
    if (!this.#canBe() || this.#service === undefined) return `the clock shows ${this.#clock.now().toISOString()}`;
    const { name, leavesMark } = this.#service;
    return leavesMark ? `${name} has not set the clock` : `nothing tells whether ${name} has set the clock`;
  }

  /** Logs a sentence if it is a new one. */
  #say(level: "info" | "warn", fields: { readonly reason?: string }, sentence: string): void {
    if (sentence !== this.#logged) this.#log[level](fields, sentence);
    this.#logged = sentence;
  }
}
