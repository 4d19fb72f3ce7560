import type { Cancel, Clock } from "../time/clock.ts";
import type { Log, LogFields } from "./log.ts";

/** For so long after a warning, others of its kind are only counted. */
const periodMs = 60_000;

/** The two constant sentences of a warning: for the first, and for those that were counted, which has `times` beside it. */
export interface RepeatedSentence {
  readonly first: string;
  readonly more: string;
}

/** The minute after a warning. */
interface Period {
  readonly endsMs: number;
  counted: number;
  /** Says what was counted, once something was. */
  tell: () => void;
  /** Ends the timer that would tell. */
  cancel: Cancel;
}

/**
 * Warns of what others can cause as often as they like. The first of a kind is told at once. Those of the next minute are counted
 * and told in one line at its end, with the fields of the first of them; then another minute begins. After a minute without any,
 * the next is a first one again.
 */
export class RepeatedWarnings {
  readonly #clock: Clock;
  readonly #periods = new Map<string, Period>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * `kind` says which belong together; of kinds there must be few. `fields` is called only where its answer is shown. Answers
   * whether the warning is in the log now.
   */
  warn(log: Log, kind: string, fields: () => LogFields, sentence: RepeatedSentence): boolean {
    const period = this.#periods.get(kind);
    if (period === undefined || (period.counted === 0 && period.endsMs <= this.#clock.monotonicMs())) {
      this.#begin(kind);
      log.warn(fields(), sentence.first);
      return true;
    }
    period.counted += 1;
    if (period.counted > 1) return false;
    const shownFields = fields();
    period.tell = () => log.warn({ ...shownFields, times: period.counted }, sentence.more);
    // Only where there is something to tell does a timer run.
    period.cancel = this.#clock.after(Math.max(0, period.endsMs - this.#clock.monotonicMs()), () => {
      this.#begin(kind);
      period.tell();
    });
    return false;
  }

  /** Tells what was counted, and ends the timers. */
  stop(): void {
    for (const { cancel, tell } of this.#periods.values()) {
      cancel();
      tell();
    }
    this.#periods.clear();
  }

  #begin(kind: string): void {
    const endsMs = this.#clock.monotonicMs() + periodMs;
    this.#periods.set(kind, { endsMs, counted: 0, tell: () => {}, cancel: () => {} });
  }
}
