import * as z from "zod";
import type { DeviceSettings } from "../../core/device-settings.ts";
import type { DeviceKind } from "../../core/kind.ts";
import { failSafeConflicts, withOnExit } from "../../core/outputs/failsafe-conflicts.ts";
import { hasLimits, limitConflicts, limitOptions } from "../../core/outputs/limits.ts";
import type { SourceDocument } from "../../yaml/document.ts";
import { isMapping } from "../../yaml/is-mapping.ts";
import type { Path } from "../../yaml/path.ts";
import type { Problem } from "../../yaml/problem.ts";
import { idPattern, optionsFor } from "../schema/config-schemas.ts";
import { entityProblems } from "../schema/home-assistant.ts";
import { asList, clause } from "../sentences/clause.ts";
import { sensorAdvice } from "../sentences/sensor-advice.ts";
import { toProblems } from "../sentences/to-problems.ts";
import { type CheckedDevice, type DeviceChecks, toSettings } from "./checked-device.ts";
import { validParts } from "./parts.ts";
import { understandVariables } from "./typed-variables.ts";
import { checkWithoutKind } from "./unknown-kind.ts";

/** Checks one device by the schema of its kind. If the kind is misspelt, the schema of the kind that is probably meant is used. */
export function checkDevice(id: string, written: unknown, checks: DeviceChecks): CheckedDevice {
  const { kinds, source } = checks;
  const path = ["devices", id];
  const atKey = (sentence: string): Problem[] => [{ path: path.join("."), place: source.placeOfKey(path), sentence }];
  const ofId = idPattern.test(id)
    ? []
    : atKey(`"${id}" is not an id; write letters, digits, - and _, at most 64 of them`);
  if (!isMapping(written)) {
    const sentence = Array.isArray(written)
      ? `a device's settings ${asList}`
      : "a device's settings are missing; write kind, topic and the others on lines below it, indented";
    return { problems: [...ofId, ...atKey(sentence)], device: undefined, known: undefined };
  }
  const kind = kinds.find((candidate) => candidate.kind === written["kind"]);
  if (kind === undefined) {
    const { problems, known } = checkWithoutKind(id, written, checks);
    return { problems: [...ofId, ...problems], device: undefined, known };
  }
  const { problems, device, known } = checkByKind(id, written, kind, checks);
  return { problems: [...ofId, ...problems], device: ofId.length > 0 ? undefined : device, known };
}

function checkByKind(
  id: string,
  written: Readonly<Record<string, unknown>>,
  kind: DeviceKind,
  { schemas, source }: DeviceChecks,
): CheckedDevice {
  const path = ["devices", id];
  const settings = withOnExit(understandVariables(written, optionsFor(kind), source, path), kind);
  const { data, error } = z.safeParse(schemas.deviceOf(kind), settings, { error: clause });
  if (data !== undefined) {
    const device = toSettings(id, kind, data);
    const ofLimits = hasLimits(kind.options) && { ...limitConflicts(data), ...failSafeConflicts(device, data) };
    const conflicts = { ...kind.conflicts?.(device.options), ...ofLimits };
    const problems = [...conflictProblems(id, conflicts, source), ...entityProblems(device, source)];
    return { problems, device: problems.length > 0 ? undefined : device, known: device };
  }
  const options = optionsFor(kind);
  const knownKeys = ["kind", ...Object.keys(options)];
  const around = {
    path,
    called: `the kind ${kind.kind}`,
    knownKeys,
    example: kind.example,
    schema: schemas.deviceOf(kind),
    adviceOn: (key: string) => outputAdvice(kind, key) || sensorAdvice(kind, settings, key),
  };
  const parts = validParts(options, settings);
  const known = toSettings(id, kind, parts);
  return {
    problems: [
      ...error.issues.flatMap((issue) => toProblems(issue, source, around)),
      ...entityProblems(standIn(known, settings, error.issues), source),
    ],
    device: undefined,
    known,
  };
}

/** What to do with an option that only outputs have, for a kind without one. */
function outputAdvice({ options }: DeviceKind, key: string): string {
  return !hasLimits(options) && key in limitOptions ? "; it is for outputs, so write it at the output itself" : "";
}

/** What of a device's options does not go together, at the option that is wrong or missing, or at the key below it. */
function conflictProblems(id: string, conflicts: Readonly<Record<string, string>>, source: SourceDocument): Problem[] {
  return Object.entries(conflicts).map(([option, sentence]) => {
    const path = ["devices", id, ...option.split(".")];
    const isBelow = option.includes(".");
    const isAbsent = !isBelow && source.writtenValue(path) === undefined;
    const place = isBelow ? source.placeOfKey(path) : source.placeOfValue(path);
    return { path: path.join("."), place, sentence, isAbsent };
  });
}

/**
 * The device with the values of its kind's example in place of its wrong options, so that its options for Home Assistant can be checked.
 */
function standIn(
  known: DeviceSettings,
  written: Readonly<Record<string, unknown>>,
  issues: readonly { readonly path: Path }[],
): DeviceSettings {
  const { options, example } = known.kind;
  const given = written["home_assistant"];
  const wrong = issues.filter(({ path: [key] }) => key === "home_assistant").map(({ path: [, key] }) => key);
  const right = isMapping(given) ? Object.entries(given).filter(([key]) => !wrong.includes(key)) : [];
  return {
    ...known,
    options: { ...validParts(options, example), ...known.options },
    homeAssistant: Object.fromEntries(right),
  };
}
