import type { DeviceSettings } from "../core/device-settings.ts";
import type { Level } from "../core/hardware/gpio.ts";
import { type ChosenPin, levelFor } from "../core/pin.ts";
import type { DriveInput, EncoderInput, TurnEncoder } from "../core/simulation/scenario.ts";
import { isMapping } from "../yaml/is-mapping.ts";
import type { Path } from "../yaml/path.ts";
import type { Group, ScenarioChecks } from "./checks.ts";

/** A contact bounces for some milliseconds; cheap buttons bounce for 10 and more. */
const usualBounceMs = 10;
const mostBounces = 1_000;
/** A pulse and its pause: each is longer than the 30 ms that an S0 pulse has at least. */
const usualPulseMs = 100;
const mostPulses = 10_000;
/** A knob that somebody turns without haste. */
const usualNotchMs = 100;
const mostNotches = 1_000;

/** Checks a word, `{to: WORD, bounces: 5, within: 10ms, for: 2s}`, or `{pulses: 100, within: 10s}`. */
export function checkInput(
  input: ChosenPin,
  written: unknown,
  path: Path,
  checks: ScenarioChecks,
): readonly DriveInput[] {
  if (isMapping(written) && "pulses" in written) return checkPulses(input, written, path, checks);
  const group = checks.known(
    path,
    isMapping(written) ? written : { to: written },
    ["to", "for", "bounces", "pulses", "within"],
    "an input",
  );
  const toPath = isMapping(written) ? [...path, "to"] : path;
  const levels = levelsByWord(input);
  const level = levels.get(String(group["to"]).toLowerCase());
  if (level === undefined) {
    const words = [...levels.keys()].map((word) =>
      word.startsWith("o") && word.length < 4 ? word.toUpperCase() : word,
    );
    return group["to"] === undefined
      ? checks.refuse(path, `where to is missing; write "to:" and one of ${words.join(", ")}`)
      : checks.refuseWord(toPath, words);
  }
  const { bounces = 0, within, for: stays } = group;
  if (typeof bounces !== "number" || !Number.isInteger(bounces) || bounces < 0 || bounces > mostBounces)
    return checks.refuse(
      [...path, "bounces"],
      `${checks.written([...path, "bounces"])} is not a number of bounces; write one from 0 to ${mostBounces}`,
    );
  if (within !== undefined && bounces === 0)
    return checks.refuse([...path, "within"], 'belongs to "bounces", which are not here; add them or remove it');
  const chosenMs = within === undefined ? usualBounceMs : checks.duration([...path, "within"], within);
  const forMs = stays === undefined ? undefined : checks.duration([...path, "for"], stays);
  if (chosenMs === undefined || (stays !== undefined && forMs === undefined)) return [];
  const back = forMs === undefined ? {} : { forMs };
  return [{ verb: "drive", pin: input.pin, level, bounces, withinMs: bounces === 0 ? 0 : chosenMs, ...back }];
}

/** Pulses in even steps: the input goes ON and OFF so many times, and is OFF in the end. */
function checkPulses(input: ChosenPin, written: Group, path: Path, checks: ScenarioChecks): readonly DriveInput[] {
  const { pulses, within } = checks.known(path, written, ["pulses", "within"], "pulses");
  if (typeof pulses !== "number" || !Number.isInteger(pulses) || pulses < 1 || pulses > mostPulses)
    return checks.refuse(
      [...path, "pulses"],
      `${checks.written([...path, "pulses"])} is not a number of pulses; write one from 1 to ${mostPulses}`,
    );
  const withinMs = within === undefined ? pulses * usualPulseMs : checks.duration([...path, "within"], within);
  if (withinMs === undefined) return [];
  return [{ verb: "drive", pin: input.pin, level: levelFor(false, input), bounces: pulses, withinMs }];
}

/** The level of a contact that is closed, which is against its pull; without one, what means on. */
function closedLevelOf(input: ChosenPin): Level {
  if (input.pull === "none") return levelFor(true, input);
  return input.pull === "up" ? 0 : 1;
}

/** The two inputs of a device that is an encoder, as its kind says. */
export function encoderOf({ kind }: DeviceSettings, inputs: readonly ChosenPin[]): TurnEncoder["inputs"] | undefined {
  const { encoder } = kind.pretend ?? {};
  const [a, b] = [encoder?.a, encoder?.b].map((name) => inputs.find(({ option }) => option === name));
  if (a === undefined || b === undefined) return undefined;
  const asInput = (input: ChosenPin): EncoderInput => ({ pin: input.pin, closedLevel: closedLevelOf(input) });
  return [asInput(a), asInput(b)];
}

/** Checks a number of notches, or `{by: NUMBER, within: 1s}`. */
export function checkTurn(
  inputs: TurnEncoder["inputs"],
  written: unknown,
  path: Path,
  checks: ScenarioChecks,
): readonly TurnEncoder[] {
  const group = isMapping(written) ? written : { by: written };
  const { by: notches, within } = checks.known(path, group, ["by", "within"], "a turn");
  if (notches === undefined) return checks.refuse(path, 'how far is missing; write "by: 3", for example');
  if (typeof notches !== "number" || !Number.isInteger(notches) || notches === 0 || Math.abs(notches) > mostNotches) {
    const byPath = isMapping(written) ? [...path, "by"] : path;
    return checks.refuse(
      byPath,
      `${checks.written(byPath)} is not a number of notches; write one from 1 to ${mostNotches}, or from -1 to -${mostNotches} for backward`,
    );
  }
  const withinMs =
    within === undefined ? Math.abs(notches) * usualNotchMs : checks.duration([...path, "within"], within);
  return withinMs === undefined ? [] : [{ verb: "turn", inputs, notches, withinMs }];
}

/**
 * The words for the levels of an input: the level itself, what it means to the device, and what a contact does. An open contact leaves the
 * pin to its pull resistor. Without a pull the level of an open contact is not known, so those words are left out.
 */
function levelsByWord(input: ChosenPin): ReadonlyMap<string, Level> {
  const { pull } = input;
  const levels = new Map<string, Level>([
    ["on", levelFor(true, input)],
    ["off", levelFor(false, input)],
    ["high", 1],
    ["low", 0],
  ]);
  const closed = closedLevelOf(input);
  if (pull !== "none") levels.set("open", closed === 1 ? 0 : 1).set("closed", closed);
  return levels;
}
