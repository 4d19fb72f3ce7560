import type { DeviceSettings } from "../core/device.ts";
import type { Level } from "../core/hardware/gpio.ts";
import { type ChosenPin, chosenPins, levelFor } from "../core/pin.ts";
import { type DriveInput, pinFaults, type SetFault, type SetMeasure, sensorFaults } from "../core/scenario.ts";
import { isMapping } from "../yaml/is-mapping.ts";
import type { Path } from "../yaml/path.ts";
import type { Group, ScenarioChecks } from "./checks.ts";

/** A contact bounces for some milliseconds; cheap buttons bounce for 10 and more. */
const usualBounceMs = 10;
const mostBounces = 1_000;
/** A pulse and its pause: each is longer than the 30 ms that an S0 pulse has at least. */
const usualPulseMs = 100;
const mostPulses = 10_000;

/** Checks `set`: a word for a device with an input, or numbers for the measures of a sensor. */
export function checkSet(device: DeviceSettings, written: unknown, path: Path, checks: ScenarioChecks) {
  const inputs = chosenPins(device.kind.options, device.options).filter(({ role }) => role === "input");
  const measures = checks.measuresOf(device);
  const [input] = inputs;
  if (input === undefined && measures.length === 0)
    return checks.refuseKey(
      path,
      `a ${device.kind.kind} has nothing to set; send it a "command", or let its pin fail with "fault"`,
    );
  const isGroup = isMapping(written);
  if (input !== undefined && inputs.length === 1 && measures.length === 0 && !(isGroup && keyOf(input) in written))
    return checkInput(input, written, path, checks);
  const names = [...inputs.map(keyOf), ...measures];
  if (!isGroup)
    return checks.refuse(path, `${checks.written(path)} is not enough; write which value, such as {${names[0]}: …}`);
  const known = checks.known(path, written, names, `"${device.id}"`);
  return Object.entries(known).flatMap(([name, value]): readonly (DriveInput | SetMeasure)[] => {
    const pin = inputs.find((input) => keyOf(input) === name);
    if (pin !== undefined) return checkInput(pin, value, [...path, name], checks);
    return checkMeasure(name, value, [...path, name], checks);
  });
}

/** The name of an input in `set`: its option, and its number from 1 if the option is a list, such as "window_pins 2". */
function keyOf({ path: [option, index] }: ChosenPin): string {
  return typeof index === "number" ? `${option} ${index + 1}` : String(option);
}

/** Checks a word, `{to: WORD, bounces: 5, within: 10ms}`, or `{pulses: 100, within: 10s}`. */
function checkInput(input: ChosenPin, written: unknown, path: Path, checks: ScenarioChecks): readonly DriveInput[] {
  if (isMapping(written) && "pulses" in written) return checkPulses(input, written, path, checks);
  const group = checks.known(
    path,
    isMapping(written) ? written : { to: written },
    ["to", "bounces", "pulses", "within"],
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
  const { bounces = 0, within } = group;
  if (typeof bounces !== "number" || !Number.isInteger(bounces) || bounces < 0 || bounces > mostBounces)
    return checks.refuse(
      [...path, "bounces"],
      `${checks.written([...path, "bounces"])} is not a number of bounces; write one from 0 to ${mostBounces}`,
    );
  if (within !== undefined && bounces === 0)
    return checks.refuse([...path, "within"], 'belongs to "bounces", which are not here; add them or remove it');
  const chosenMs = within === undefined ? usualBounceMs : checks.duration([...path, "within"], within);
  if (chosenMs === undefined) return [];
  return [{ verb: "drive", pin: input.pin, level, bounces, withinMs: bounces === 0 ? 0 : chosenMs }];
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
  if (pull === "up") levels.set("open", 1).set("closed", 0);
  if (pull === "down") levels.set("open", 0).set("closed", 1);
  return levels;
}

/**
 * Checks a number, or `{to: NUMBER, over: 5m}`. A number outside the sensor's range is allowed: it is published as null, or the reading
 * fails.
 */
function checkMeasure(measure: string, written: unknown, path: Path, checks: ScenarioChecks): readonly SetMeasure[] {
  const group = isMapping(written) ? written : { to: written };
  const { to: value, over } = checks.known(path, group, ["to", "over"], "a value");
  if (value === undefined) return checks.refuse(path, 'where to is missing; write "to: 24.5", for example');
  if (typeof value !== "number" || !Number.isFinite(value)) {
    const toPath = isMapping(written) ? [...path, "to"] : path;
    return checks.refuse(toPath, `${checks.written(toPath)} is not a number`);
  }
  const overMs = over === undefined ? 0 : checks.duration([...path, "over"], over);
  return overMs === undefined ? [] : [{ verb: "measure", measure, value, overMs }];
}

/** Checks `fault`: one of the faults that the device's pins and its sensor can have, or none. */
export function checkFault(
  device: DeviceSettings,
  written: unknown,
  path: Path,
  checks: ScenarioChecks,
): readonly SetFault[] {
  const hasPins = chosenPins(device.kind.options, device.options).some(({ role }) => role !== "driver");
  const possible = [
    ...new Set([...(checks.measuresOf(device).length > 0 ? sensorFaults : []), ...(hasPins ? pinFaults : [])]),
  ];
  if (written === "none") return [{ verb: "fault", fault: undefined }];
  const fault = possible.find((one) => one.toLowerCase() === String(written).toLowerCase());
  if (fault !== undefined) return [{ verb: "fault", fault }];
  return [...pinFaults, ...sensorFaults].some((one) => one === written)
    ? checks.refuse(
        path,
        `a ${device.kind.kind} cannot have ${checks.written(path)}; it can have ${possible.join(", ")}`,
      )
    : checks.refuseWord(path, [...possible, "none"]);
}
