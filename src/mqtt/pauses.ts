import { errorCode } from "../core/errors.ts";
import { about, type BackOff, backOff } from "../core/time/back-off.ts";
import { certificateReason } from "./certificate-reasons.ts";
import { isTooLarge, NotMqttError } from "./incoming-limit.ts";
import { isTakenOver, isWordless, refusalCode } from "./reasons.ts";

const nextBrokerMs = 250;
const lookAgainMs = 60_000;
/** The pause before the next quick try. With its random part it is 0.9 s at most, so a broker that is back is found within a second. */
const quickMs = 600;
/** How long the quick tries go on. After that the pauses grow. */
const quickForMs = 5 * 60_000;
const longestMs = 30_000;
/** A connection that lasted this long was a good one. A shorter one may be one of many. */
const steadyMs = 10_000;
/** How many short connections in a row count as a restart of the broker. If there are more, the broker closes them on purpose. */
const shortLinesForgiven = 5;
/** Two agents with the same id close each other's connections. The longest pause gives the other one time to work. */
const longestPeaceMs = 10 * 60_000;
/** A connection that lasted this long was not disturbed by another agent. */
const undisturbedMs = 3 * longestPeaceMs;
/** If the broker does not say that another client came, it may only have been restarted. */
const firstPeaceMs = { told: longestMs, guessed: 2_000 };

/** The codes "Server shutting down" and "keep alive timeout". After these the broker would accept us again. */
const passing: readonly (number | undefined)[] = [139, 141];

/** How a connection that was in use has ended. */
export interface Loss {
  readonly error: unknown;
  readonly servedMs: number;
  /** Whether another machine is known that uses the same id. */
  readonly hasRival: boolean;
}

/** Whether a connection was a good one, and not one of many short ones. */
export function wasSteady(servedMs: number): boolean {
  return servedMs >= steadyMs;
}

/**
 * How long to wait before the next try, in milliseconds. All pauses have a random part, so that many agents that lost their broker together
 * do not come back together. A broker that cannot be reached is tried each second for some minutes. A broker that refuses us, closes
 * connections again and again, or has another client with our id is tried after longer pauses.
 */
export class Pauses {
  readonly #random: () => number;
  readonly #now: () => number;
  readonly #gone: BackOff;
  readonly #refused: BackOff;
  readonly #thrownOut: BackOff;
  readonly #peace: { readonly told: BackOff; readonly guessed: BackOff };
  /** When the broker was found to be away, on the scale of `now`. */
  #goneSinceMs: number | undefined;
  #shortLines = 0;

  /** `now` gives milliseconds that never jump. */
  constructor(random: () => number, now: () => number) {
    this.#random = random;
    this.#now = now;
    this.#gone = backOff({ firstMs: 1_000, longestMs }, random);
    this.#refused = backOff({ firstMs: 500, longestMs }, random);
    this.#thrownOut = backOff({ firstMs: 1_000, longestMs }, random);
    this.#peace = {
      told: backOff({ firstMs: firstPeaceMs.told, longestMs: longestPeaceMs }, random),
      guessed: backOff({ firstMs: firstPeaceMs.guessed, longestMs: longestPeaceMs }, random),
    };
  }

  /** The pause before the next broker of the list is tried. */
  nextBroker(): number {
    return about(nextBrokerMs, this.#random);
  }

  /** The pause before a broker that is earlier in the list is tried again, while another one is in use. */
  lookAgain(): number {
    return about(lookAgainMs, this.#random);
  }

  /**
   * The pause before the first broker is tried again, after no broker could be used. `accepted` says whether the last one had accepted the
   * connection.
   */
  nextRound(error: unknown, accepted: boolean): number {
    if (isTakenOver(error)) return this.#peace.told.next();
    if (isTooLarge(error)) return about(longestMs, this.#random);
    if (isRefusal(error)) return this.#refused.next();
    if (accepted) return this.#afterShortLine();
    // The broker itself was away, so it did not close the connection because of us.
    if (errorCode(error) !== "") this.#forgive();
    return this.#whileGone();
  }

  /** The pause before the first broker is tried again, after a connection that was in use. */
  afterLoss({ error, servedMs, hasRival }: Loss): number {
    if (servedMs >= undisturbedMs) this.#forgive();
    if (isTakenOver(error)) return this.#peace.told.next();
    if (hasRival && isWordless(error)) return this.#peace.guessed.next();
    if (isTooLarge(error)) return about(longestMs, this.#random);
    if (wasSteady(servedMs)) {
      this.#forgive();
      return this.#whileGone();
    }
    return isRefusal(error) ? this.#thrownOut.next() : this.#afterShortLine();
  }

  /** Notes that a broker is in use. */
  connected(): void {
    this.#goneSinceMs = undefined;
    this.#gone.reset();
    this.#refused.reset();
  }

  #whileGone(): number {
    this.#goneSinceMs ??= this.#now();
    return this.#now() - this.#goneSinceMs < quickForMs ? about(quickMs, this.#random) : this.#gone.next();
  }

  #afterShortLine(): number {
    this.#shortLines += 1;
    return this.#shortLines <= shortLinesForgiven ? about(quickMs, this.#random) : this.#thrownOut.next();
  }

  #forgive(): void {
    this.#shortLines = 0;
    this.#thrownOut.reset();
    this.#peace.told.reset();
    this.#peace.guessed.reset();
  }
}

/** Whether only a person can repair it: the broker refused us, or what answers is not the broker. */
function isRefusal(error: unknown): boolean {
  const code = refusalCode(error);
  if (code !== undefined) return !passing.includes(code);
  return error instanceof NotMqttError || isTlsTrouble(error);
}

function isTlsTrouble(error: unknown): boolean {
  const code = errorCode(error);
  return code === "EPROTO" || code === "ERR_SSL_WRONG_VERSION_NUMBER" || certificateReason(error, {}) !== undefined;
}
