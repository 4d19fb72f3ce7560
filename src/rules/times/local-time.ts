import { type Weekday, weekdays } from "../../core/rules/condition.ts";

/** A time of day where the house is. */
export interface LocalTime {
  readonly secondsOfDay: number;
  readonly weekday: Weekday;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The time of day and the day of the week in a time zone; undefined: that of the machine. */
export function localTime(date: Date, timeZone: string | undefined): LocalTime {
  if (timeZone === undefined)
    return timeOf(weekdays[date.getDay()] ?? "sun", date.getHours(), date.getMinutes(), date.getSeconds());
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(date)
      .map(({ type, value }) => [type, value]),
  );
  const weekday = weekdays.find((day) => day === parts["weekday"]?.toLowerCase()) ?? "sun";
  return timeOf(weekday, Number(parts["hour"]), Number(parts["minute"]), Number(parts["second"]));
}

function timeOf(weekday: Weekday, hours: number, minutes: number, seconds: number): LocalTime {
  return { weekday, secondsOfDay: (hours * 60 + minutes) * 60 + seconds };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  formats.set(timeZone, made);
  return made;
}
