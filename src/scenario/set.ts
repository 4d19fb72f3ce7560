import type { DeviceSettings } from "../core/device-settings.ts";
import { type ChosenPin, chosenPins } from "../core/pin.ts";
import {
  type DriveInput,
  pinFaults,
  type SetFault,
  type SetMeasure,
  sensorFaults,
  type TurnEncoder,
} from "../core/simulation/scenario.ts";
import { isMapping } from "../yaml/is-mapping.ts";
import type { Path } from "../yaml/path.ts";
import type { ScenarioChecks } from "./checks.ts";
import { checkInput, checkTurn, encoderOf } from "./set-input.ts";

/** Checks `set`: a word for a device with an input, numbers for the measures of a sensor, or `turn` for an encoder. */
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
  const encoder = encoderOf(device, inputs);
  const names = [...(encoder === undefined ? [] : ["turn"]), ...inputs.map(keyOf), ...measures];
  if (!isGroup)
    return checks.refuse(path, `${checks.written(path)} is not enough; write which value, such as {${names[0]}: …}`);
  const known = checks.known(path, written, names, `"${device.id}"`);
  return Object.entries(known).flatMap(([name, value]): readonly (DriveInput | TurnEncoder | SetMeasure)[] => {
    if (name === "turn" && encoder !== undefined) return checkTurn(encoder, value, [...path, name], checks);
    const pin = inputs.find((input) => keyOf(input) === name);
    if (pin !== undefined) return checkInput(pin, value, [...path, name], checks);
    return checkMeasure(name, value, [...path, name], checks);
  });
}

/** The name of an input in `set`: its option, and its number from 1 if the option is a list, such as "window_pins 2". */
function keyOf({ path: [option, index] }: ChosenPin): string {
  return typeof index === "number" ? `${option} ${index + 1}` : String(option);
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
