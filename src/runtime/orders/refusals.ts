import type { Log, LogFields } from "../../core/log/log.ts";
import { RepeatedWarnings } from "../../core/log/repeated-warnings.ts";
import type { RefusalReason } from "../../core/refusal.ts";
import type { Clock } from "../../core/time/clock.ts";

/** Why a message was refused. `response_topic`: an answer was wanted on a topic that is not allowed. */
export type RefusedFor = RefusalReason | "response_topic";

const command = { first: "refused a command", more: "refused more commands like this" };
const answer = { first: "does not answer on this topic", more: "did not answer on more topics like this" };

/** Counts and logs what the agent refuses. A sender may cause thousands in a second, so most are only counted. */
export class Refusals {
  /** For other warnings that senders can cause. */
  readonly warnings: RepeatedWarnings;
  readonly #counts = new Map<RefusedFor, number>();

  constructor(clock: Clock) {
    this.warnings = new RepeatedWarnings(clock);
  }

  /** How many were refused since the start, by reason. Reasons without any are left out. */
  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }

  /** Notes a refused command. `whose` is what the command was for. Refusals with the same `whose` and reason are counted together. */
  command(log: Log, whose: string, reason: RefusedFor, fields: () => LogFields): void {
    this.#count(reason);
    const isTold = this.warnings.warn(log, `${whose}: ${reason}`, fields, command);
    if (!isTold) log.debug(fields, command.first);
  }

  /** Notes that an answer was refused. */
  answer(log: Log, fields: () => LogFields): void {
    this.#count("response_topic");
    const isTold = this.warnings.warn(log, "response_topic", fields, answer);
    if (!isTold) log.debug(fields, answer.first);
  }

  /** Logs what was only counted until now. */
  stop(): void {
    this.warnings.stop();
  }

  #count(reason: RefusedFor): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
  }
}
