import { explain } from "../errors.ts";
import { NoValue } from "../sensor/no-value.ts";

/**
 * Reads several values, of which each may fail by itself: one that fails has no value and a reason. Rejects with the first failure where
 * all fail, because then the whole is gone.
 */
export async function readEach<Name extends string>(
  readers: Readonly<Record<Name, () => Promise<number | NoValue>>>,
): Promise<Record<Name, number | NoValue>> {
  const reading = {} as Record<Name, number | NoValue>;
  const failures: unknown[] = [];
  const names = Object.keys(readers) as Name[];
  for (const name of names) {
    try {
      reading[name] = await readers[name]();
    } catch (error) {
      failures.push(error);
      reading[name] = new NoValue(explain(error));
    }
  }
  if (failures.length === names.length) throw failures[0];
  return reading;
}

/** Something for each value of a record, by the same names. */
export function eachOf<One, Value>(
  all: Readonly<Record<string, One>>,
  value: (one: One) => Value,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(all).map(([name, one]) => [name, value(one)]));
}
