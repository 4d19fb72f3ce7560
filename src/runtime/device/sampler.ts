import type { Poll } from "../../core/device.ts";
import { UserError } from "../../core/errors.ts";
import type { Cancel, Clock } from "../../core/time/clock.ts";
import { inTime } from "../time-limit.ts";
import type { Beats } from "./beats.ts";

/** Longer than any sensor takes: twenty times a 1-Wire conversion, twice a DHT at its worst. */
const readingTimeoutMs = 10_000;
const nothingCame = `the sensor gave nothing for ${readingTimeoutMs / 1000} s`;
/** The part of an interval that lies between two readings at least. A DHT22 wants 2 s, and is read every 3 s at the most. */
const shortestGap = 2 / 3;
/** The pause after a first failure: one that a DHT22 can stand. */
const soonMs = 3_000;
/** So many failures in a row take a device offline. */
export const failuresUntilOffline = 3;

/** What a sampler tells, and needs. */
export interface SamplerPorts<State> {
  readonly clock: Clock;
  readonly beats: Pick<Beats, "listen">;
  /** Runs tasks of the same name one after the other; tasks without a name run at once. */
  readonly inTurn: <T>(name: string | undefined, task: () => Promise<T>) => Promise<T>;
  readonly onReading: (state: State) => void;
  readonly onFailure: (error: unknown, failuresInARow: number) => void;
}

/**
 * Reads at each beat of the sensor's interval until it is cancelled. Never two readings at once or shortly after each other; once
 * more soon after a first failure, more seldom after many.
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
  /** A reading that waits for its turn, or is under way. */
  #isBusy = false;
  /** The sensor has not ended its reading, although nobody waits for it any more. */
  #unfinished = false;
  /** Before this time no beat is heard. */
  #restUntilMs = Number.NEGATIVE_INFINITY;

  constructor(poll: Poll<State>, ports: SamplerPorts<State>) {
    this.#poll = poll;
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

  /** One reading and what follows from it. On a busy bus its turn may come so late that it is left to the next beat. */
  async #sample(): Promise<void> {
    const { inTurn, onReading, onFailure } = this.#ports;
    this.#isBusy = true;
    try {
      const came = await inTurn(this.#poll.oneAtATime, () => this.#read());
      if (this.#stopped || came === undefined) return;
      this.#failures = 0;
      onReading(came.state);
    } catch (error) {
      if (this.#stopped) return;
      this.#failures += 1;
      onFailure(error, this.#failures);
      this.#planRetry();
    } finally {
      this.#isBusy = false;
    }
  }

  async #read(): Promise<{ state: State } | undefined> {
    const { clock } = this.#ports;
    const beganMs = clock.monotonicMs();
    if (this.#stopped || beganMs < this.#restUntilMs) return undefined;
    this.#restUntilMs = beganMs + this.#poll.everyMs * shortestGap;
    return { state: await inTime(clock, readingTimeoutMs, this.#readOnce(), nothingCame) };
  }

  async #readOnce(): Promise<State> {
    if (this.#unfinished) throw new UserError("the reading before has still not ended");
    this.#unfinished = true;
    try {
      return await this.#poll.read();
    } finally {
      this.#unfinished = false;
    }
  }

  /** A retry that cannot wait for the next beat has a timer of its own; the others leave out beats. */
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
 * After how many beats a failing sensor is tried again: after one until it is offline, then after 2, 4, 8 and at most 10, or fewer
 * that make a minute; always after one where the interval is a minute or more. So soon is a sensor seen again that has recovered.
 */
function beatsToRest(failures: number, everyMs: number): number {
  const doublings = Math.min(Math.max(failures - failuresUntilOffline, 0), 4);
  const most = Math.max(1, Math.min(10, Math.floor(60_000 / everyMs)));
  return Math.min(2 ** doublings, most);
}
