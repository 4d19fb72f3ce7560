import type { Poll, Taken } from "../../core/device.ts";
import { UserError } from "../../core/errors.ts";
import type { Cancel, Clock } from "../../core/time/clock.ts";
import type { Beats } from "./beats.ts";
import type { InTurn, Turn } from "./taking-turns.ts";

/** Few sensors take longer: it is more than ten times a 1-Wire conversion, and twice a DHT at its worst. */
const usualTimeoutMs = 10_000;
/** Two readings are at least this part of an interval apart. A DHT22 needs 2 s and is read every 3 s at most. */
const shortestGap = 2 / 3;
/** The pause after a first failure. It is long enough for a DHT22. */
const soonMs = 3_000;
/** After so many failures in a row a device is offline. */
export const failuresUntilOffline = 3;

/** Stands for a reading that was not made, because the one before was a short time ago. */
const leftOut = Symbol("left out");
const notNow = Promise.resolve(leftOut);

/** What a sampler needs, and the functions that it calls. */
export interface SamplerPorts<State> {
  readonly clock: Clock;
  readonly beats: Pick<Beats, "listen" | "limits">;
  readonly inTurn: InTurn;
  readonly onReading: (taken: State | Taken<State> | undefined) => void;
  readonly onFailure: (error: unknown, failuresInARow: number) => void;
}

/**
 * Reads a sensor at each beat of its interval until it is cancelled. Two readings are never made at once or shortly after each other. After
 * a first failure it reads once more soon; after many failures it reads less often.
 */
export function startSampling<State>(poll: Poll<State>, ports: SamplerPorts<State>): Cancel {
  const sampler = new Sampler(poll, ports);
  return () => sampler.stop();
}

class Sampler<State> {
  readonly #poll: Poll<State>;
  readonly #ports: SamplerPorts<State>;
  readonly #cancelBeats: Cancel;
  #cancelRetry: Cancel | undefined;
  #stopped = false;
  #failures = 0;
  /** Whether a reading waits for its turn, or is being made. */
  #isBusy = false;
  /** For a sensor that has no other to wait for. */
  readonly #own: Turn = { reader: undefined };
  readonly #timeoutMs: number;
  /** Beats before this time are ignored. */
  #restUntilMs = Number.NEGATIVE_INFINITY;

  constructor(poll: Poll<State>, ports: SamplerPorts<State>) {
    this.#poll = poll;
    this.#timeoutMs = poll.timeoutMs ?? usualTimeoutMs;
    this.#ports = ports;
    this.#cancelBeats = ports.beats.listen(poll.everyMs, () => this.#beat());
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelBeats();
    this.#cancelRetry?.();
  }

  #beat(): void {
    if (!this.#isBusy && this.#cancelRetry === undefined) void this.#sample();
  }

  /** Makes one reading. If other sensors are read first, this one may get its turn so late that it is left for the next beat. */
  async #sample(): Promise<void> {
    const { inTurn, onReading, onFailure } = this.#ports;
    this.#isBusy = true;
    try {
      const taken = await inTurn(this.#poll.oneAtATime, this.#readInTurn);
      if (this.#stopped || taken === leftOut) return;
      this.#failures = 0;
      onReading(taken);
    } catch (error) {
      if (this.#stopped) return;
      this.#failures += 1;
      onFailure(error, this.#failures);
      this.#planRetry();
    } finally {
      this.#isBusy = false;
    }
  }

  readonly #readInTurn = (turn?: Turn): Promise<State | Taken<State> | undefined | typeof leftOut> => {
    const beganMs = this.#ports.clock.monotonicMs();
    if (this.#stopped || beganMs < this.#restUntilMs) return notNow;
    this.#restUntilMs = beganMs + this.#poll.everyMs * shortestGap;
    return this.#ports.beats.limits.within(this.#timeoutMs, this.#readOnce(turn), this.#nothingCame);
  };

  readonly #nothingCame = () => `the sensor gave nothing for ${this.#timeoutMs / 1000} s`;

  /**
   * Reads, unless a reading has begun on the same bus and not ended. Each reading that hangs blocks a thread of this program, of which
   * there are few: a bus gets one of them, however many sensors are on it.
   */
  async #readOnce(turn = this.#own): Promise<State | Taken<State> | undefined> {
    if (turn.reader === this) throw new UserError("the reading before has still not ended");
    if (turn.reader !== undefined)
      throw new UserError("a reading of another sensor at the same place has still not ended");
    turn.reader = this;
    try {
      return await this.#poll.read();
    } finally {
      turn.reader = undefined;
    }
  }

  /**
   * Plans the next try after a failure. Some retries have a timer of their own, because they come before the next beat; others leave out
   * beats.
   */
  #planRetry(): void {
    const { everyMs } = this.#poll;
    const { clock } = this.#ports;
    if (this.#failures < failuresUntilOffline && everyMs > soonMs) {
      this.#cancelRetry = clock.after(soonMs, () => {
        this.#cancelRetry = undefined;
        this.#restUntilMs = clock.monotonicMs();
        void this.#sample();
      });
    } else this.#restUntilMs += (beatsToRest(this.#failures, everyMs) - 1) * everyMs;
  }
}

/**
 * After how many beats a failing sensor is tried again. Until the device is offline it is one beat. Then it is 2, 4, 8 and at most 10
 * beats, but never more than a minute. With an interval of a minute or more it is always one. So a sensor that works again is found soon.
 */
function beatsToRest(failures: number, everyMs: number): number {
  const doublings = Math.min(Math.max(failures - failuresUntilOffline, 0), 4);
  const most = Math.max(1, Math.min(10, Math.floor(60_000 / everyMs)));
  return Math.min(2 ** doublings, most);
}
