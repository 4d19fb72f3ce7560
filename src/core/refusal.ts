import { UserError } from "./errors.ts";

/**
 * Why a command was not carried out, for programs. `retained` and `invalid`: the sender made a mistake. `offline`, `busy` and `failed`: the
 * device cannot do it now. `interlock`, `min_off` and `failsafe`: a limit in devices.yaml forbids it. `stale`: it is too old, or
 * nobody knows how old it is. `unsure`: the device does not know whether it would do what is wanted, by what its inputs say.
 */
export type RefusalReason =
  | "retained"
  | "invalid"
  | "offline"
  | "busy"
  | "failed"
  | "interlock"
  | "min_off"
  | "failsafe"
  | "stale"
  | "unsure";

/** Thrown when a device does not carry out a command. Nothing has failed, and nothing has moved. */
export class Refusal extends UserError {
  readonly reason: RefusalReason;

  /** `sentence` says why, for people. */
  constructor(reason: RefusalReason, sentence: string) {
    super(sentence);
    this.reason = reason;
  }
}

/** Does what may be refused where nobody waits for an answer, such as at the press of a button: a refusal is told to `onRefusal`. */
export function unlessRefused(task: () => void, onRefusal: (refusal: Refusal) => void): void {
  try {
    task();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    onRefusal(error);
  }
}
