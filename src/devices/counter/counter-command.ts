import { type CommandSchema, misunderstood, objectReader, plainNumber, understood, Wrong } from "../../core/command.ts";

/** Sets the meter's reading, in its unit. */
export function counterCommand(pulsesPerUnit: number): CommandSchema<{ readonly total: number }> {
  const example = 'say {"total":1234.5}';
  const highest = Math.floor(Number.MAX_SAFE_INTEGER / 2 / Math.max(1, pulsesPerUnit));
  const read = (sent: unknown) => {
    const total = plainNumber(sent);
    if (total === undefined || Number.isNaN(total)) return new Wrong("total is a number, such as 1234.5");
    if (total < 0) return new Wrong("total is at least 0");
    return total <= highest ? total : new Wrong(`total is at most ${highest}`);
  };
  const readObject = objectReader(
    { total: { keys: ["total"], read } },
    (key) => `there is no "${key}" in a command to a counter; ${example}`,
  );
  return {
    safeParse(sent) {
      if (typeof sent !== "object" || sent === null || Array.isArray(sent)) return misunderstood([example]);
      const { values, problems } = readObject(sent);
      if (problems.length > 0) return misunderstood(problems);
      return values.total === undefined ? misunderstood([example]) : understood({ total: values.total });
    },
  };
}
