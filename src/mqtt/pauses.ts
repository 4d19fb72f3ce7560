import { about, type BackOff, backOff } from "../core/back-off.ts";
import { refusalCode } from "./reasons.ts";

const longestMs = 30_000;
const nextBrokerMs = 250;
const lookAgainMs = 60_000;
/** A connection that held for so long was a good one; a shorter one may be one of many. */
const steadyMs = 10_000;
/** "Session taken over": two agents with one id would throw each other out without end. */
const takenOver = 142;

/** Whether the broker ended a connection because another one came with the same client id. */
export function isTakenOver(error: unknown): boolean {
  return refusalCode(error) === takenOver;
}

/** How long to wait before the next try, in milliseconds: forty agents that lost their broker together do not come back together. */
export class Pauses {
  readonly #random: () => number;
  readonly #rounds: BackOff;
  /** For brokers that let us in and throw us out again, which would begin with the short pause for ever. */
  readonly #shortLines: BackOff;

  constructor(random: () => number) {
    this.#random = random;
    this.#rounds = backOff({ firstMs: 500, longestMs }, random);
    this.#shortLines = backOff({ firstMs: 500, longestMs }, random);
  }

  /** Before the next broker of the list. */
  nextBroker(): number {
    return about(nextBrokerMs, this.#random);
  }

  /** Before a broker that comes first in the list is looked for again, while another one serves. */
  lookAgain(): number {
    return about(lookAgainMs, this.#random);
  }

  /** Before the first broker again, after none let us in; longer from round to round. */
  nextRound(error: unknown): number {
    return isTakenOver(error) ? about(longestMs, this.#random) : this.#rounds.next();
  }

  /** Before the first broker again, after a connection that had served for so long. */
  afterLoss(error: unknown, servedMs: number): number {
    if (servedMs >= steadyMs) this.#shortLines.reset();
    return isTakenOver(error) ? about(longestMs, this.#random) : this.#shortLines.next();
  }

  /** A broker let us in. */
  connected(): void {
    this.#rounds.reset();
  }
}
