import { type CommandSchema, misunderstood, objectReader, plainNumber, understood, Wrong } from "../../core/command.ts";

/** A command to a servo, understood: where it goes, or that it stops where it is. */
export type ServoCommand = { readonly angle: number } | { readonly stop: true };

/** The angles of a servo, as its options give them. */
export interface AngleLimits {
  readonly min_angle: number;
  readonly max_angle: number;
}

/** A command to a servo: an angle such as `90`, `{"angle":90}`, or `stop` in any case. */
export function servoCommand({ min_angle: min, max_angle: max }: AngleLimits): CommandSchema<ServoCommand> {
  const sentence = `angle is a number from ${min} to ${max}`;
  const read = (sent: unknown) => {
    const angle = plainNumber(sent);
    // Adding 0 turns -0 into 0.
    return angle !== undefined && angle >= min && angle <= max ? Number(angle.toFixed(1)) + 0 : new Wrong(sentence);
  };
  const example = `say an angle such as {"angle":${max}}, or stop`;
  const readObject = objectReader(
    { angle: { keys: ["angle"], read } },
    (key) => `there is no "${key}" in a command to a servo; ${example}`,
  );
  return {
    safeParse(sent) {
      if (Array.isArray(sent)) return misunderstood([example]);
      if (typeof sent === "string" && sent.trim().toLowerCase() === "stop") return understood({ stop: true as const });
      const isObject = typeof sent === "object" && sent !== null;
      const { values, problems } = readObject(isObject ? sent : { angle: sent });
      if (problems.length > 0) return misunderstood(isObject ? problems : [`${sentence}; or say stop`]);
      return values.angle === undefined ? misunderstood([example]) : understood({ angle: values.angle });
    },
  };
}
