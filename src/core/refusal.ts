import { UserError } from "./errors.ts";

/**
 * Why a command was not carried out, for programs: `retained` and `invalid` are the sender's mistake; `offline`, `busy` and
 * `failed` the device's state; `interlock`, `min_off` and `failsafe` what the device's owner asked for.
 */
export type RefusalReason =
  | "retained"
  | "invalid"
  | "offline"
  | "busy"
  | "failed"
  | "interlock"
  | "min_off"
  | "failsafe";

/** Thrown by a device that will not do what it was told: nothing has failed and nothing has moved. */
export class Refusal extends UserError {
  readonly reason: RefusalReason;

  /** `sentence` says why, for people. */
  constructor(reason: RefusalReason, sentence: string) {
    super(sentence);
    this.reason = reason;
  }
}
