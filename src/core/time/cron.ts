import { Cron } from "croner";

/**
 * The first moment after `after` that fits a pattern of cron with five fields, or six with seconds first. Undefined if there is none. A time
 * that a change to summer time leaves out comes with the first moment after the gap; a time that comes twice counts once, the first time. Throws if the pattern is none.
 */
export function nextCron(pattern: string, after: Date, timeZone: string | undefined): Date | undefined {
  return cronOf(pattern, timeZone).nextRun(after) ?? undefined;
}

/** Why a text is no pattern of cron, as the package says it; undefined if it is one. */
export function cronProblem(pattern: string): string | undefined {
  try {
    const fields = pattern.trim().split(/\s+/).length;
    if (fields !== 5 && fields !== 6) return `it has ${fields} fields`;
    return cronOf(pattern, undefined).nextRun() === null ? "no day fits it" : undefined;
  } catch (error) {
    return (error as Error).message.replace(/^\w+: /, "");
  }
}

/** The moment that a text such as `2026-03-28 20:00` means in a time zone; undefined if it is none. A moment that comes twice is the first one. */
export function momentIn(text: string, timeZone: string | undefined): Date | undefined {
  const [, date = "", time = ""] = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)$/.exec(text.trim()) ?? [];
  const day = new Date(`${date}T00:00:00Z`);
  // A day such as 30 February would become one in March.
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== date) return undefined;
  try {
    return cronOf(`${date}T${time.length === 5 ? `${time}:00` : time}`, timeZone).nextRun(new Date(0)) ?? undefined;
  } catch {
    return undefined;
  }
}

function cronOf(pattern: string, timezone: string | undefined): Cron {
  return new Cron(pattern, { paused: true, ...(timezone !== undefined && { timezone }) });
}
