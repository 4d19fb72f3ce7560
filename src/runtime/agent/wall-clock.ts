import type { Files } from "../../core/files.ts";
import type { Log } from "../../core/log/log.ts";
import type { Cancel, Clock } from "../../core/time/clock.ts";
import { isMarkedAsSet, isOnBattery, type TimeService, timeService } from "./time-signs.ts";

/** When this version was made: no clock that shows an earlier time is right. */
const earliestMs = Date.UTC(2026, 0, 1);
/** A Pi asks a time server as soon as it has a network, which takes some 30 s; a house may have none. Counted from the machine's start. */
const patienceMs = 10 * 60_000;
const lookEveryMs = 5_000;
/** Once nobody waits any more. */
const lookSeldomMs = 60_000;
/** A step by which a clock is set; what is less is put right little by little (chrony's makestep in Debian has this limit). */
const stepMs = 1_000;

/** What is known of the time: nothing, what the machine's clock shows, or that this is right. */
type Knowledge = "nothing" | "unconfirmed" | "right";

/**
 * The time of day, as far as it is known. A Pi without a battery starts in 1970 or where it was when it was switched off, until a
 * time server tells it: whoever reads a time from before that is misled. So there is none until the clock is right, and what
 * happened meanwhile gets its true time then.
 *
 * It is right where its year can be and one of these holds:
 * - nothing on this machine sets it by a time server
 * - systemd-timesyncd has left its mark, /run/systemd/timesync/synchronized (systemd-timesyncd.service(8))
 * - a clock with a battery shows the same
 * - somebody set it while we looked
 *
 * Ten minutes after the machine's start a year that can be is good enough, since a house without internet is never told.
 */
export class WallClock {
  readonly #files: Files;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #listeners: (() => void)[] = [];
  /** The time of day less the time that never jumps, when we began to look. */
  readonly #offsetMs: number;
  #knowledge: Knowledge = "nothing";
  #service: TimeService | undefined;
  /** What was logged last. */
  #logged: string | undefined;
  #cancel: Cancel = () => {};
  #stopped = false;

  constructor({ files, clock, log }: { files: Files; clock: Clock; log: Log }) {
    this.#files = files;
    this.#clock = clock;
    this.#log = log;
    this.#offsetMs = this.#offset();
  }

  /** The time of day in ISO 8601 at a moment that {@link Clock.monotonicMs} tells; null while it is not known. */
  timeOf(atMs: number): string | null {
    return this.#knowledge === "nothing" ? null : new Date(atMs + this.#offset()).toISOString();
  }

  /** Calls whenever the time becomes known, or known better. */
  onSet(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Looks now, and again until the time is right. */
  async watch(): Promise<void> {
    this.#service = await timeService(this.#files);
    await this.#look();
  }

  /** Ends the watch. */
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
    // What was told once is not taken back.
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
        "the time is that of this machine's clock as it is",
      );
    else if (this.#clock.monotonicMs() < patienceMs)
      this.#say("info", { reason }, "the time is not known yet; what is published has none until then");
    else this.#say("warn", { reason }, "the time is still not known; what is published has none");
  }

  #doubt(): string {
    if (!this.#canBe() || this.#service === undefined) return `the clock shows ${this.#clock.now().toISOString()}`;
    const { name, leavesMark } = this.#service;
    return leavesMark ? `${name} has not set the clock` : `nothing tells whether ${name} has set the clock`;
  }

  /** Says what is news. */
  #say(level: "info" | "warn", fields: { readonly reason?: string }, sentence: string): void {
    if (sentence !== this.#logged) this.#log[level](fields, sentence);
    this.#logged = sentence;
  }
}
