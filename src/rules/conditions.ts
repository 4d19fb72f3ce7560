import { readingIn } from "../core/house/reading-in.ts";
import { wordIn } from "../core/house/word-in.ts";
import { isWithin } from "../core/rules/bounds.ts";
import type { Condition } from "../core/rules/condition.ts";
import type { RulePorts } from "./rule-ports.ts";
import { localTime } from "./times/local-time.ts";
import { isSunUp } from "./times/sun.ts";

type View = Pick<RulePorts, "house" | "clock" | "time" | "connection">;

/**
 * Whether it is so. Undefined where nobody knows it: the device is offline, the reading is stale or suspect, the time is not known. `not`
 * of what is not known is not known either, so a rule is carried out only on what is known.
 */
export function isSo(condition: Condition, view: View): boolean | undefined {
  switch (condition.is) {
    case "state": {
      const word = wordIn(view.house.said(condition.device));
      return word === undefined ? undefined : word === condition.state;
    }
    case "availability":
      return (view.house.said(condition.device) === undefined) === (condition.availability === "offline");
    case "measure": {
      const { device, measure, bounds } = condition;
      const reading = readingIn(view.house.said(device), measure, view.clock.monotonicMs());
      return reading?.quality === "good" ? isWithin(bounds, reading.value) : undefined;
    }
    case "broker":
      return view.connection.isOnline === (condition.broker === "online");
    case "all":
      return areAll(condition.of.map((one) => isSo(one, view)));
    case "any":
      return not(areAll(condition.of.map((one) => not(isSo(one, view)))));
    case "not":
      return not(isSo(condition.of, view));
    default: {
      const now = view.time.now();
      return now && isTime(condition, now, view);
    }
  }
}

function isTime(
  condition: Extract<Condition, { is: "time" | "weekday" | "sun" }>,
  now: Date,
  { time: { timeZone, place } }: View,
): boolean | undefined {
  if (condition.is === "sun") return place && isSunUp(now, place) === (condition.sun === "above_horizon");
  const { weekday, secondsOfDay } = localTime(now, timeZone);
  if (condition.is === "weekday") return condition.days.includes(weekday);
  const { after = 0, before = 86_400 } = condition;
  const isAfter = secondsOfDay >= after;
  const isBefore = secondsOfDay < before;
  return after < before ? isAfter && isBefore : isAfter || isBefore;
}

function areAll(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function not(answer: boolean | undefined): boolean | undefined {
  return answer === undefined ? undefined : !answer;
}
