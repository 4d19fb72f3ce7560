import type { DeviceContext } from "../../core/device.ts";
import type { Cancel } from "../../core/time/clock.ts";
import { onceAllIsTold } from "../../core/time/once-all-is-told.ts";
import { type CounterOptions, factorOf } from "./counter-options.ts";
import { MeterTotal } from "./meter-total.ts";
import { PlausiblePulses } from "./plausible-pulses.ts";
import { PulseRate } from "./pulse-rate.ts";

/** What a counter publishes. `rate` and `rejected` are there only where the options ask for them. */
export interface CounterState {
  readonly total: number;
  readonly pulses: number;
  readonly rate?: number | null | undefined;
  readonly rejected?: number | undefined;
}

/** A meter at work: counts, and says the total in time. What it says is on the disk before it is said, so that no crash takes it back. */
export class Meter {
  readonly #options: CounterOptions;
  readonly #context: DeviceContext<CounterState>;
  readonly #total: MeterTotal;
  readonly #rate: PulseRate | undefined;
  readonly #plausible: PlausiblePulses | undefined;
  /** What the pulses of a second are multiplied by to have the rate in its unit. */
  readonly #perPulse: number;
  #said: Pick<CounterState, "total" | "pulses"> = { total: 0, pulses: 0 };
  #saidAtMs = Number.NEGATIVE_INFINITY;
  #isPlanned = false;
  #hasWarned = false;
  #cancelFall: Cancel = () => {};

  constructor(options: CounterOptions, context: DeviceContext<CounterState>) {
    const { rate, max_rate, rate_timeout, pulses_per_unit } = options;
    this.#options = options;
    this.#context = context;
    this.#total = new MeterTotal(context.keep, pulses_per_unit);
    this.#perPulse = (factorOf(options) ?? 1) / pulses_per_unit;
    if (rate !== undefined) this.#rate = new PulseRate(rate_timeout, context.clock.monotonicMs());
    if (max_rate !== undefined) this.#plausible = new PlausiblePulses((1_000 * this.#perPulse) / max_rate);
    context.onStop(() => (this.#total.pulses === this.#said.pulses ? undefined : this.say()));
  }

  /** Counts pulses, of which the last began at this time. */
  count(atMs: number, pulses: number): void {
    const taken = this.#plausible?.taken(atMs, pulses) ?? pulses;
    if (taken < pulses) this.#warnOnce();
    if (taken > 0) {
      this.#total.count(taken);
      this.#rate?.pulse(atMs, taken);
    }
    this.#sayInTime();
  }

  /** Sets the total to what the meter shows. */
  async set(total: number): Promise<void> {
    this.#total.set(total);
    await this.say();
  }

  /** Says the total, once it is on the disk. */
  async say(): Promise<void> {
    const { total, pulses } = this.#total;
    this.#isPlanned = false;
    this.#saidAtMs = this.#context.clock.monotonicMs();
    await this.#total.save();
    this.#said = { total, pulses };
    this.#report();
  }

  #sayInTime(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    const { clock, fail } = this.#context;
    const { every } = this.#options;
    const nowMs = clock.monotonicMs();
    // All meters speak at the same moments: what they say is one writing then.
    const waitMs = nowMs - this.#saidAtMs >= every ? 0 : every - (nowMs % every);
    clock.after(waitMs, () => void this.say().catch(fail));
  }

  #report(): void {
    const { clock, report } = this.#context;
    const nowMs = clock.monotonicMs();
    const perSecond = this.#rate?.tell(nowMs);
    const rate = perSecond && Number((perSecond * this.#perPulse).toPrecision(4));
    report({
      ...this.#said,
      ...(this.#rate !== undefined && { rate }),
      ...(this.#plausible !== undefined && { rejected: this.#plausible.rejected }),
    });
    this.#cancelFall();
    const changesMs = this.#rate?.nextChangeMs(nowMs, this.#options.every);
    if (changesMs === undefined) return;
    this.#cancelFall = onceAllIsTold(clock, changesMs, () => {
      if (!this.#isPlanned) this.#report();
    });
  }

  #warnOnce(): void {
    if (this.#plausible === undefined || this.#hasWarned) return;
    this.#hasWarned = true;
    const { max_rate, rate: unit } = this.#options;
    this.#context.log.warn(
      { max_rate, unit },
      "pulses came faster than max_rate, and are not counted; look for interference, or write a higher max_rate",
    );
  }
}
