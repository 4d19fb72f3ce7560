import { errorCode } from "../core/errors.ts";
import { about, type BackOff, backOff } from "../core/time/back-off.ts";
import { certificateReason } from "./certificate-reasons.ts";
import { isTooLarge, NotMqttError } from "./incoming-limit.ts";
import { isTakenOver, isWordless, refusalCode } from "./reasons.ts";

const nextBrokerMs = 250;
const lookAgainMs = 60_000;
/** With its spread at most 0.9 s: a broker that is back is found within a second. */
const quickMs = 600;
/** A broker that is away for longer, about, is asked ever more seldom. */
const quickForMs = 5 * 60_000;
const longestMs = 30_000;
/** A connection that held for so long was a good one; a shorter one may be one of many. */
const steadyMs = 10_000;
/** A broker that is started anew may end so many short connections in a row; one that ends more throws us out. */
const shortLinesForgiven = 5;
/** Two agents with one id throw each other out; each is to have peace for longer from time to time. */
const longestPeaceMs = 10 * 60_000;
/** A connection that held for so long was disturbed by nobody. */
const undisturbedMs = 3 * longestPeaceMs;
/** Where the broker does not tell who came, it may only have been started anew. */
const firstPeaceMs = { told: longestMs, guessed: 2_000 };

/** "Server shutting down" and "keep alive timeout": a broker says so that would take us again. */
const passing: readonly (number | undefined)[] = [139, 141];

/** How a connection that had served has ended. */
export interface Loss {
  readonly error: unknown;
  readonly servedMs: number;
  /** Whether another machine is known that comes with the same id. */
  readonly hasRival: boolean;
}

/** Whether a connection was a good one, and not one of many short ones. */
export function wasSteady(servedMs: number): boolean {
  return servedMs >= steadyMs;
}

/**
 * How long to wait before the next try, in milliseconds, with a spread: forty agents that lost their broker together do not come back
 * together. A broker that cannot be reached is asked again within a second, for minutes; who refuses us, throws us out again and again or
 * has another client with our id is left alone for longer from time to time.
 */
export class Pauses {
  readonly #random: () => number;
  readonly #now: () => number;
  readonly #gone: BackOff;
  readonly #refused: BackOff;
  readonly #thrownOut: BackOff;
  readonly #peace: { readonly told: BackOff; readonly guessed: BackOff };
  /** When the broker was found to be away. */
  #goneSinceMs: number | undefined;
  #shortLines = 0;

  /** `now` tells milliseconds that never jump. */
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

  /** Before the next broker of the list. */
  nextBroker(): number {
    return about(nextBrokerMs, this.#random);
  }

  /** Before a broker that comes first in the list is looked for again, while another one serves. */
  lookAgain(): number {
    return about(lookAgainMs, this.#random);
  }

  /** Before the first broker again, after none served us; `accepted` tells whether the last of them had let us in. */
  nextRound(error: unknown, accepted: boolean): number {
    if (isTakenOver(error)) return this.#peace.told.next();
    if (isTooLarge(error)) return about(longestMs, this.#random);
    if (isRefusal(error)) return this.#refused.next();
    if (accepted) return this.#afterShortLine();
    // It was away itself, so it was not we whom it wanted to be rid of.
    if (errorCode(error) !== "") this.#forgive();
    return this.#whileGone();
  }

  /** Before the first broker again, after a connection that had served. */
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

  /** A broker serves us. */
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

/** Whether it takes a person to mend it: the broker said no, or who answers there is not whom we look for. */
function isRefusal(error: unknown): boolean {
  const code = refusalCode(error);
  if (code !== undefined) return !passing.includes(code);
  return error instanceof NotMqttError || isTlsTrouble(error);
}

function isTlsTrouble(error: unknown): boolean {
  const code = errorCode(error);
  return code === "EPROTO" || code === "ERR_SSL_WRONG_VERSION_NUMBER" || certificateReason(error, {}) !== undefined;
}
