import type { Log, LogFields } from "../../core/log/log.ts";
import { RepeatedWarnings } from "../../core/log/repeated-warnings.ts";
import type { RefusalReason } from "../../core/refusal.ts";
import type { Clock } from "../../core/time/clock.ts";

/** Why something that somebody sent was not done; `response_topic`: its answer was wanted where none is put. */
export type RefusedFor = RefusalReason | "response_topic";

const command = { first: "refused a command", more: "refused more commands like this" };
const answer = { first: "does not answer on this topic", more: "did not answer on more topics like this" };

/** Counts what the agent refuses, and tells of it: whoever publishes can cause thousands in a second. */
export class Refusals {
  /** For other warnings that a stranger can cause. */
  readonly warnings: RepeatedWarnings;
  readonly #counts = new Map<RefusedFor, number>();

  constructor(clock: Clock) {
    this.warnings = new RepeatedWarnings(clock);
  }

  /** How many since the start, by reason; a reason that never was is left out. */
  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }

  /** A command was refused. `whose` is what it was for; with the reason it tells which refusals are like each other. */
  command(log: Log, whose: string, reason: RefusedFor, fields: () => LogFields): void {
    this.#count(reason);
    const isTold = this.warnings.warn(log, `${whose}: ${reason}`, fields, command);
    if (!isTold) log.debug(fields, command.first);
  }

  /** A wish to be answered was refused. */
  answer(log: Log, fields: () => LogFields): void {
    this.#count("response_topic");
    const isTold = this.warnings.warn(log, "response_topic", fields, answer);
    if (!isTold) log.debug(fields, answer.first);
  }

  /** Tells what was only counted so far. */
  stop(): void {
    this.warnings.stop();
  }

  #count(reason: RefusedFor): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
  }
}
