/** How a share of the time follows from what is missing to the target. */
export interface ShareSettings {
  /** So far from the target the share is 1, where nothing was added up yet; in the unit of the measure. */
  readonly proportionalBand: number;
  /**
   * In this time, in milliseconds, a difference that stays adds as much as it gives at once (the reset time of a PI controller). Undefined:
   * nothing is added up, and some difference remains for ever.
   */
  readonly integralMs?: number | undefined;
}

const within = (share: number) => Math.min(1, Math.max(0, share));

/** A PI controller whose output is a share from 0 to 1. Nothing is added up that would only lead farther out of this range. */
export class Share {
  readonly #settings: ShareSettings;
  #sum = 0;

  constructor(settings: ShareSettings) {
    this.#settings = settings;
  }

  /** The share for what is missing to the target, so many milliseconds after the call before. */
  next(missing: number, passedMs: number): number {
    const { proportionalBand, integralMs } = this.#settings;
    const atOnce = missing / proportionalBand;
    if (integralMs !== undefined) {
      const added = (atOnce * passedMs) / integralMs;
      const share = atOnce + this.#sum + added;
      const leadsOut = (share > 1 && added > 0) || (share < 0 && added < 0);
      if (!leadsOut) this.#sum = within(this.#sum + added);
    }
    return within(atOnce + this.#sum);
  }
}
