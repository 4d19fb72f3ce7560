import { type CommandResult, type CommandSchema, misunderstood, plainNumber } from "../command.ts";

/** The time of one command, in milliseconds: after it the output goes off again, or on again. */
export interface CommandTimes {
  readonly onMs?: number | undefined;
  readonly offMs?: number | undefined;
}

/** A week: enough for any timed switching, and short enough that most mistyped numbers are refused. */
const longestSeconds = 7 * 24 * 3600;

/** The result of a schema whose commands may have times. */
export type TimedResult = CommandResult<unknown> & { readonly times?: CommandTimes | undefined };

/**
 * A schema whose commands may say `on_time` or `off_time`, both in seconds as in Zigbee2MQTT. The limits of the outputs hold them, so the
 * kind's own schema never sees them.
 */
export function withTimes(schema: CommandSchema): { safeParse(sent: unknown): TimedResult } {
  return {
    safeParse(sent) {
      if (typeof sent !== "object") return schema.safeParse(sent);
      const { value, times, problems } = takeTimes(sent);
      const result = schema.safeParse(value);
      if (result.success && times?.offMs !== undefined && isOn(result.data))
        problems.push("off_time goes with a command to off, after which the output goes on again");
      if (problems.length === 0) return times === undefined || !result.success ? result : { ...result, times };
      const others = result.success ? [] : result.error.issues.map(({ message }) => message);
      return misunderstood([...others, ...problems]);
    },
  };
}

/** A command without its times, the times, and what is wrong with them. */
interface WithoutTimes {
  readonly value: unknown;
  readonly times?: CommandTimes | undefined;
  readonly problems: string[];
}

function takeTimes(sent: unknown): WithoutTimes {
  if (typeof sent !== "object" || sent === null || Array.isArray(sent)) return { value: sent, problems: [] };
  const entries = Object.entries(sent);
  const written = entries.filter(([key]) => isTime(key));
  if (written.length === 0) return { value: sent, problems: [] };
  const value = Object.fromEntries(entries.filter(([key]) => !isTime(key)));
  const read = written.map(([key, seconds]) => milliseconds(key.toLowerCase(), seconds));
  const problems = read.filter((one) => typeof one === "string");
  const [key = "", other] = written.map(([one]) => one);
  if (other !== undefined)
    problems.push(
      key.toLowerCase() === other.toLowerCase()
        ? `"${key}" and "${other}" say different things`
        : "a command has on_time or off_time, not both",
    );
  const ms = read.find((one) => typeof one === "number");
  return { value, problems, times: key.toLowerCase() === "on_time" ? { onMs: ms } : { offMs: ms } };
}

/** Whether a command, as its kind has read it, switches on. */
function isOn(command: unknown): boolean {
  return typeof command === "object" && command !== null && "state" in command && command.state === "on";
}

function isTime(key: string): boolean {
  return /^o(n|ff)_time$/i.test(key);
}

/** The time in milliseconds, or what is wrong with it. */
function milliseconds(name: string, sent: unknown): number | string {
  const seconds = plainNumber(sent);
  if (seconds === undefined || Number.isNaN(seconds)) return `${name} is a number of seconds`;
  if (seconds <= 0) return `${name} is more than 0 seconds`;
  return seconds > longestSeconds ? `${name} is at most ${longestSeconds} seconds` : seconds * 1_000;
}
