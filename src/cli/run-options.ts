import { UserError } from "../core/errors.ts";

/** The options of `run`, without those for the configuration and the backend. */
export interface RunOptions {
  readonly debug?: boolean;
  readonly scenario?: string;
  readonly virtual?: boolean;
  /** How many times faster than real time. */
  readonly speed?: number;
}

/** Reads the value of `--speed`. Throws a UserError if it is not a number from 0.01 to 10000. */
export function speedOf(written: string): number {
  const speed = Number(written);
  if (speed >= 0.01 && speed <= 10_000) return speed;
  throw new UserError(`"${written}" is not a speed`, { hint: "write a number from 0.01 to 10000, such as 60" });
}
