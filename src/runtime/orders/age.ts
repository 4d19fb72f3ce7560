import { plainNumber } from "../../core/command.ts";
import type { BusMessage } from "../../core/messages/bus.ts";
import type { Clock } from "../../core/time/clock.ts";
import type { WallClock } from "../agent/wall-clock.ts";
import type { WhyNot } from "./why-not.ts";

/** A number below this is in seconds: as seconds it is far in the future, and as milliseconds it is in 1973. */
const firstMilliseconds = 1e11;
/** How far the clock of a sender may be ahead of this machine's, in milliseconds. */
const toleranceMs = 10_000;
/** ISO 8601 with a time and a zone: a time without a zone means another instant at another place. */
const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/;

/** What judging the age of a command needs. */
export interface AgePorts {
  readonly clock: Pick<Clock, "monotonicMs">;
  readonly wallClock: Pick<WallClock, "timeOf">;
  /** How old a command may be that says when it was made. Undefined: any age, and that is not looked at. */
  readonly maxAgeMs: number | undefined;
}

/** Until when a command may be carried out, on the scale of the clock. Infinity: for ever. */
export interface Fresh {
  readonly untilMs: number;
}

/** A command that says nothing of its age. */
const forEver: Fresh = { untilMs: Number.POSITIVE_INFINITY };

/**
 * Whether a command is too old, by the time in it and by what is left of its message expiry (MQTT 5). A broker takes the time for which a
 * message waited there off its expiry and never sends it later than that, so what comes here only says how long it may still wait.
 */
export function judgeAge(
  ts: unknown,
  { expiresInMs }: Pick<BusMessage, "expiresInMs">,
  { clock, wallClock, maxAgeMs }: AgePorts,
): Fresh | WhyNot {
  const isWithoutTime = maxAgeMs === undefined || ts === undefined || ts === null;
  if (expiresInMs === undefined && isWithoutTime) return forEver;
  const nowMs = clock.monotonicMs();
  if (expiresInMs !== undefined && expiresInMs <= 0)
    return stale("the time for which its sender wanted it sent is over");
  const untilMs = nowMs + (expiresInMs ?? Number.POSITIVE_INFINITY);
  if (isWithoutTime) return { untilMs };
  const madeAtMs = timeIn(ts);
  if (madeAtMs === undefined) return { reason: "invalid", message: sentence };
  const wallTime = wallClock.timeOf(nowMs);
  if (wallTime === null)
    return stale("this machine does not know the time yet, so it cannot tell how old the command is");
  const ageMs = Date.parse(wallTime) - madeAtMs;
  if (ageMs > maxAgeMs) return stale(`it is ${seconds(ageMs)} s old, and max_age is ${seconds(maxAgeMs)} s`);
  if (ageMs < -toleranceMs)
    return stale(`its ts is ${seconds(-ageMs)} s in the future; set the clock of its sender, or of this machine`);
  return { untilMs: Math.min(untilMs, nowMs + maxAgeMs - ageMs) };
}

/** For a command whose turn comes too late. */
export const waitedTooLong: WhyNot = stale("it had to wait for other commands until it was too old");

const sentence =
  "ts is a time: seconds or milliseconds since 1970, or ISO 8601 with its zone, as in 2026-11-27T16:00:00Z";

/** The time that was sent, in milliseconds since 1970. */
function timeIn(ts: unknown): number | undefined {
  const number = plainNumber(ts);
  if (number !== undefined) return number > 0 ? (number < firstMilliseconds ? number * 1_000 : number) : undefined;
  const ms = typeof ts === "string" && iso.test(ts) ? Date.parse(ts) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

function stale(message: string): WhyNot {
  return { reason: "stale", message };
}

function seconds(ms: number): number {
  return Number((ms / 1_000).toFixed(1));
}
