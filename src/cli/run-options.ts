import { UserError } from "../core/errors.ts";

/** What may follow `run`, beside the configuration and the way to the pins. */
export interface RunOptions {
  readonly debug?: boolean;
  readonly scenario?: string;
  readonly virtual?: boolean;
  /** How many times faster than real time. */
  readonly speed?: number;
}

/** The value of `--speed`. */
export function speedOf(written: string): number {
  const speed = Number(written);
  if (speed >= 0.01 && speed <= 10_000) return speed;
  throw new UserError(`"${written}" is not a speed`, { hint: "write a number from 0.01 to 10000, such as 60" });
}
