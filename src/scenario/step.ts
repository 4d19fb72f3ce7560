import type { DeviceSettings } from "../core/device-settings.ts";
import type { HouseHappening } from "../core/simulation/scenario.ts";
import { isMapping } from "../yaml/is-mapping.ts";
import type { Path } from "../yaml/path.ts";
import type { Action, ScenarioChecks } from "./checks.ts";
import { checkCommand, checkExpect } from "./expect.ts";
import { checkBroker, checkFired, checkMessages } from "./house.ts";
import { checkFault, checkSet } from "./set.ts";

/** What is waited for. */
const waitKeys = ["expect", "published", "fired", "not_fired"];
const stepKeys = ["at", "broker", "set", "fault", "command", "publish", ...waitKeys, "within"];

/** One action of a step, and where it is written. */
export type PlacedAction = ((Action & { readonly device: string }) | HouseHappening) & { readonly path: Path };

/** A checked step. */
export interface CheckedStep {
  /** Undefined if the time is missing or wrong. A problem has been added then. */
  readonly atMs: number | undefined;
  /** How long the expectations may wait, in milliseconds. */
  readonly withinMs: number;
  /** In the order broker, set, fault, command, publish, and then what is expected. */
  readonly actions: readonly PlacedAction[];
}

/** Checks one step. Each of its parts is checked, even if another one is wrong. */
export function checkStep(written: unknown, path: Path, checks: ScenarioChecks): CheckedStep {
  if (!isMapping(written)) {
    checks.refuse(path, `${checks.written(path)} is not a step; write one such as "at: 5s" with "set: …" below it`);
    return { atMs: undefined, withinMs: 0, actions: [] };
  }
  const { at, within, set, fault, command, expect, ...house } = checks.known(path, written, stepKeys, "a step");
  const atPath = [...path, "at"];
  const withinPath = [...path, "within"];
  if (at === undefined) checks.refuse(path, 'the step has no time; write "at: 5s", for example');
  if (within !== undefined && !waitKeys.some((key) => key in written))
    checks.refuse(
      withinPath,
      'belongs to "expect", "published", "fired" or "not_fired", which this step has not; remove it',
    );
  const atMs = at === undefined ? undefined : checks.duration(atPath, at);
  const withinMs = (within === undefined ? undefined : checks.duration(withinPath, within)) ?? 0;
  const actions = [
    ...checkBroker(house["broker"], [...path, "broker"], checks),
    ...perDevice([...path, "set"], set, checks, checkSet),
    ...perDevice([...path, "fault"], fault, checks, checkFault),
    ...perDevice([...path, "command"], command, checks, checkCommand),
    ...checkMessages("publish", house["publish"], withinMs, [...path, "publish"], checks),
    ...perDevice([...path, "expect"], expect, checks, (...asked) => checkExpect(withinMs, ...asked)),
    ...checkMessages("published", house["published"], withinMs, [...path, "published"], checks),
    ...checkFired(house["fired"], true, withinMs, [...path, "fired"], checks),
    ...checkFired(house["not_fired"], false, withinMs, [...path, "not_fired"], checks),
  ];
  return { atMs, withinMs, actions };
}

type Check = (device: DeviceSettings, value: unknown, path: Path, checks: ScenarioChecks) => readonly Action[];

/** Checks what one verb does to each device. A heading with nothing below it is ignored. */
function perDevice(at: Path, written: unknown, checks: ScenarioChecks, check: Check): readonly PlacedAction[] {
  if (written === undefined || written === null) return [];
  if (!isMapping(written))
    return checks.refuse(at, `${checks.written(at)} names no device; write which, such as {office-door: …}`);
  return Object.entries(written).flatMap(([id, value]): readonly PlacedAction[] => {
    const path = [...at, id];
    const device = checks.device(path, id);
    if (device === undefined) return [];
    return check(device, value, path, checks).map((action) => ({ ...action, device: id, path }));
  });
}
