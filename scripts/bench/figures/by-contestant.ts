import type { Name } from "../contestants/contestant.ts";
import { median } from "../load/numbers.ts";
import type { Ready } from "../load/ready.ts";

/** What was measured of each contestant, round by round. */
export class ByContestant<Value> {
  readonly #values = new Map<Name, Value[]>();

  add(name: Name, ...values: readonly Value[]): void {
    const list = this.#values.get(name);
    if (list === undefined) this.#values.set(name, [...values]);
    else for (const value of values) list.push(value);
  }

  /** One number of each contestant, from all its rounds. */
  each(of: (values: readonly Value[]) => number): Partial<Record<Name, number>> {
    return Object.fromEntries([...this.#values].map(([name, values]) => [name, of(values)]));
  }

  /** The median of one number of each round. */
  medians(of: (value: Value) => number): Partial<Record<Name, number>> {
    return this.each((values) => median(values.map(of)));
  }
}

/** Gives each contestant its turn in each round, so that all see the same machine. */
export async function inTurns(
  all: readonly Ready[],
  rounds: number,
  turn: (one: Ready, round: number) => Promise<void>,
) {
  for (let round = 0; round < rounds; round += 1) for (const one of all) await turn(one, round);
}
