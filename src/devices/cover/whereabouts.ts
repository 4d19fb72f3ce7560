import type { KeepWhen, Kept } from "../../core/store.ts";
import type { Clock } from "../../core/time/clock.ts";
import { driven, isKnown, type Place, type TravelTimes, withinReach } from "./place.ts";
import type { Direction, Span } from "./span.ts";

/** Where a cover is, as it is kept: where it may be if the program ends now. `tilt` is absent without slats. */
export interface KeptPlace {
  readonly position: Kept<Span>;
  readonly tilt?: Kept<Span> | undefined;
}

/** Knows where a cover is by how long its outputs were on. It counts what the outputs did, never what was asked of them. */
export class Whereabouts {
  readonly #times: TravelTimes;
  readonly #clock: Pick<Clock, "monotonicMs">;
  readonly #kept: KeptPlace;
  #place: Place;
  #moves: Direction | undefined;
  #changedAtMs = Number.NEGATIVE_INFINITY;
  #countedUntilMs = 0;

  constructor(times: TravelTimes, clock: Pick<Clock, "monotonicMs">, kept: KeptPlace) {
    this.#times = times;
    this.#clock = clock;
    this.#kept = kept;
    this.#place = { position: kept.position.value, tilt: kept.tilt?.value ?? [0, 0] };
  }

  /** Which way it is driven now; undefined: it stands. */
  get moves(): Direction | undefined {
    return this.#moves;
  }

  /** Whether it has slats, whose tilt is counted too. */
  get hasSlats(): boolean {
    return this.#times.tilt > 0;
  }

  /** Whether its position and its slats are known. */
  get isKnown(): boolean {
    return isKnown(this.place, this.#times);
  }

  /** When it last began to move or to stand, on the scale of the clock. */
  get changedAtMs(): number {
    return this.#changedAtMs;
  }

  /** Where it is now. */
  get place(): Place {
    const nowMs = this.#clock.monotonicMs();
    if (this.#moves !== undefined)
      this.#place = driven(this.#place, this.#moves, nowMs - this.#countedUntilMs, this.#times);
    this.#countedUntilMs = nowMs;
    return this.#place;
  }

  /** From now on it is driven this way, or stands. This is on disk at once. */
  drive(moves: Direction | undefined): void {
    // What came until now belongs to what it did before.
    const { place } = this;
    if (moves !== this.#moves) this.#changedAtMs = this.#clock.monotonicMs();
    this.#moves = moves;
    this.#keep(place, "now");
  }

  /** It is known by something else than time where it is. `when` says how soon this is on disk. */
  be(place: Place, when: KeepWhen = "soon"): void {
    if (place === this.#place) return;
    this.#countedUntilMs = this.#clock.monotonicMs();
    this.#place = this.#times.tilt === 0 ? { ...place, tilt: this.#place.tilt } : place;
    this.#keep(this.#place, when);
  }

  #keep(place: Place, when: KeepWhen): void {
    const { position, tilt } = this.#moves === undefined ? place : withinReach(place, this.#moves, this.#times);
    this.#kept.position.set(position, when);
    this.#kept.tilt?.set(tilt, when);
  }
}
