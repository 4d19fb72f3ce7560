import type { Cancel, Clock } from "../time/clock.ts";
import type { Log, LogFields } from "./log.ts";

/** After a warning, others of its kind are only counted for this time. */
const periodMs = 60_000;

/**
 * The two constant sentences of a warning: `first` for a single one, and `more` for those that were counted. The line with `more` has the
 * field `times`.
 */
export interface RepeatedSentence {
  readonly first: string;
  readonly more: string;
}

/** The minute after a warning, in which others of its kind are counted. */
interface Period {
  readonly endsMs: number;
  counted: number;
  /** Logs what was counted, if anything was. */
  tell: () => void;
  /** Cancels the timer that would log it. */
  cancel: Cancel;
}

/**
 * Logs warnings that others can cause as often as they like. The first warning of a kind is logged at once. Those of the next minute are
 * counted, and logged in one line at its end, with the fields of the first of them. Then another minute begins. After a minute without
 * warnings, the next one is logged at once again.
 */
export class RepeatedWarnings {
  readonly #clock: Clock;
  readonly #periods = new Map<string, Period>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * `kind` says which warnings belong together. There must be few kinds. `fields` is called only when its result is shown. Returns whether
   * the warning was logged now.
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
    // A timer runs only when there is something to log.
    period.cancel = this.#clock.after(Math.max(0, period.endsMs - this.#clock.monotonicMs()), () => {
      this.#begin(kind);
      period.tell();
    });
    return false;
  }

  /** Logs what was counted, and cancels the timers. */
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
