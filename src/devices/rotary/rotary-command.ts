import { type CommandSchema, misunderstood, objectReader, plainNumber, understood, Wrong } from "../../core/command.ts";
import type { Scale } from "./scale.ts";

const example = 'say {"position":20}';

/** Sets the position of a knob. */
export function rotaryCommand({
  min_value: min = Number.MIN_SAFE_INTEGER,
  max_value: max = Number.MAX_SAFE_INTEGER,
}: Scale): CommandSchema<{ readonly position: number }> {
  const read = (sent: unknown) => {
    const position = plainNumber(sent);
    if (position === undefined || !Number.isFinite(position)) return new Wrong("position is a number, such as 20");
    return position >= min && position <= max ? position : new Wrong(`position is a number from ${min} to ${max}`);
  };
  const readObject = objectReader(
    { position: { keys: ["position"], read } },
    (key) => `there is no "${key}" in a command to a rotary; ${example}`,
  );
  return {
    safeParse(sent) {
      if (typeof sent !== "object" || sent === null || Array.isArray(sent)) return misunderstood([example]);
      const { values, problems } = readObject(sent);
      if (problems.length > 0) return misunderstood(problems);
      return values.position === undefined ? misunderstood([example]) : understood({ position: values.position });
    },
  };
}
