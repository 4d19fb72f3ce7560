import { type CommandSchema, misunderstood, objectReader, plainNumber, understood, Wrong } from "../../core/command.ts";
import { type SwitchCommand, stateField } from "../../core/switching.ts";

/** A command to a fan, understood: at least one of the three, and not both a speed and a percentage. */
export interface FanCommand extends Partial<Pick<SwitchCommand, "state">> {
  /** From 0, which is off, to the number of speeds. */
  readonly speed?: number;
  /** From 0 to 100. */
  readonly percentage?: number;
}

/** The share of full speed in whole percent, as Home Assistant computes it (util/percentage.py). */
export function percentageOf(speed: number, speedCount: number): number {
  return Math.floor((speed * 100) / speedCount);
}

const share = /^\s*(\d+(?:\.\d+)?)\s*%?\s*$/;

/** The lowest speed that gives so many percent. */
export function speedFor(percentage: number, speedCount: number): number {
  return Math.ceil(Number(((percentage * speedCount) / 100).toFixed(6)));
}

function readPercentage(sent: unknown): number | Wrong {
  const percent = typeof sent === "string" ? Number(share.exec(sent)?.[1] ?? Number.NaN) : sent;
  const isPercentage = typeof percent === "number" && percent >= 0 && percent <= 100;
  return isPercentage ? percent : new Wrong("percentage is a number from 0 to 100");
}

function speedReader(speedCount: number) {
  return (sent: unknown) => {
    const speed = plainNumber(sent);
    return speed !== undefined && Number.isInteger(speed) && speed >= 0 && speed <= speedCount
      ? speed
      : new Wrong(`speed is a whole number from 0 to ${speedCount}`);
  };
}

/**
 * A command to a fan with so many speeds: a word as for a switch, a percentage such as `66` or `66%`, or JSON such as
 * `{"state":"ON","percentage":66}` or `{"speed":2}`. `1` and `0` are taken as words. A speed alone switches on, and 0 switches off.
 */
export function fanCommand(speedCount: number): CommandSchema<FanCommand> {
  const state = stateField();
  const example = 'say {"state":"ON"}, {"percentage":66} or {"speed":2}';
  const readObject = objectReader(
    {
      state,
      percentage: { keys: ["percentage"], read: readPercentage },
      speed: { keys: ["speed"], read: speedReader(speedCount) },
    },
    (key) => `there is no "${key}" in a command to a fan; ${example}`,
  );
  const readPlain = (sent: unknown) => {
    const wish = state.read(sent);
    if (!(wish instanceof Wrong)) return understood<FanCommand>({ state: wish });
    const percentage = readPercentage(sent);
    return percentage instanceof Wrong
      ? misunderstood([`${wish.sentence}, or a percentage such as 66`])
      : understood<FanCommand>({ percentage });
  };
  return {
    safeParse(sent) {
      if (typeof sent !== "object" || sent === null) return readPlain(sent);
      const { values, problems } = Array.isArray(sent) ? { values: {}, problems: [] } : readObject(sent);
      if (problems.length > 0) return misunderstood(problems);
      const { state: wish, speed, percentage } = values;
      if (speed !== undefined && percentage !== undefined)
        return misunderstood(['say "speed" or "percentage", not both']);
      if (wish === undefined && speed === undefined && percentage === undefined) return misunderstood([example]);
      if (wish === "off" && (speed || percentage)) return misunderstood(['a speed goes with "state":"ON"']);
      return understood<FanCommand>(values);
    },
  };
}
