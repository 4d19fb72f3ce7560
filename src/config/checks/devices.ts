import * as z from "zod";
import type { DeviceSettings } from "../../core/device-settings.ts";
import type { DeviceKind } from "../../core/kind.ts";
import { hasLimits, type Limits, limitConflicts, takeLimits } from "../../core/limits.ts";
import type { SourceDocument } from "../../yaml/document.ts";
import { isMapping } from "../../yaml/is-mapping.ts";
import type { Path } from "../../yaml/path.ts";
import type { Problem } from "../../yaml/problem.ts";
import { quoted } from "../../yaml/shown.ts";
import { didYouMeanAny } from "../../yaml/suggest.ts";
import { type ConfigSchemas, commonOptions, idPattern, optionsFor } from "../schema/config-schemas.ts";
import { entityProblems } from "../schema/home-assistant.ts";
import { asList, clause } from "../sentences/clause.ts";
import { meantKinds } from "../sentences/meant-kinds.ts";
import { sensorAdvice } from "../sentences/sensor-advice.ts";
import { toProblems } from "../sentences/to-problems.ts";
import { validParts } from "./parts.ts";
import { understandVariables } from "./typed-variables.ts";

/** What the check of a device needs. */
export interface DeviceChecks {
  readonly kinds: readonly DeviceKind[];
  /** The names of all kinds, if not all kinds are loaded. */
  readonly kindNames?: readonly string[] | undefined;
  readonly schemas: ConfigSchemas;
  readonly source: SourceDocument;
}

/** The valid parts of a device, for comparing it with others. */
export interface KnownDevice {
  readonly id: string;
  readonly kind: DeviceKind;
  readonly topic: string | undefined;
  readonly options: Readonly<Record<string, unknown>>;
  readonly limits?: Limits | undefined;
}

/** The result of checking one device. */
export interface CheckedDevice {
  readonly problems: readonly Problem[];
  /** Undefined if anything is wrong with it. */
  readonly device: DeviceSettings | undefined;
  /** Undefined if nothing of it can be understood. */
  readonly known: KnownDevice | undefined;
}

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
  const settings = understandVariables(written, optionsFor(kind), source, path);
  const { data, error } = z.safeParse(schemas.deviceOf(kind), settings, { error: clause });
  if (data !== undefined) {
    const device = toSettings(id, kind, data);
    const conflicts = { ...kind.conflicts?.(device.options), ...(hasLimits(kind.options) && limitConflicts(data)) };
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
    adviceOn: (key: string) => sensorAdvice(kind, settings, key),
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

/** Checks a device whose kind does not exist: the kind, and each value that is there. */
function checkWithoutKind(id: string, written: Readonly<Record<string, unknown>>, checks: DeviceChecks): CheckedDevice {
  const { kinds, schemas, source } = checks;
  const path = ["devices", id];
  const kindNames = checks.kindNames ?? kinds.map(({ kind }) => kind);
  const kindPath = [...path, "kind"];
  const value = source.writtenValue(kindPath);
  const isAbsent = value === undefined || value === "";
  const names = meantKinds(value ?? "", kinds, kindNames);
  const advice = didYouMeanAny(names) || '; "pi2mqtt kinds" lists all';
  const sentence = isAbsent ? `is missing${advice}` : `there is no kind ${quoted(kindPath, value)}${advice}`;
  const ofKind: Problem = { path: kindPath.join("."), place: source.placeOfValue(kindPath), sentence, isAbsent };

  const meant = names.length === 1 ? kinds.find(({ kind }) => kind === names[0]) : undefined;
  const options = meant === undefined ? commonOptions : optionsFor(meant);
  const settings = understandVariables({ ...written, kind: meant?.kind }, options, source, path);
  const { error } = z.safeParse(meant === undefined ? schemas.anyDevice : schemas.deviceOf(meant), settings, {
    error: clause,
  });
  // Missing and unknown options depend on the kind, which is not certain here.
  const issues = (error?.issues ?? []).filter(
    ({ code, path: below }) => code !== "unrecognized_keys" && source.writtenValue([...path, ...below]) !== undefined,
  );
  const around = {
    path,
    called: "a device",
    knownKeys: Object.keys(options),
    example: meant?.example ?? {},
    ...(meant && { schema: schemas.deviceOf(meant) }),
  };
  const known = meant && toSettings(id, meant, validParts(options, settings));
  return {
    problems: [ofKind, ...issues.flatMap((issue) => toProblems(issue, source, around))],
    device: undefined,
    known,
  };
}

function toSettings(id: string, kind: DeviceKind, checked: Readonly<Record<string, unknown>>): DeviceSettings {
  const { kind: _kind, topic, name, area, home_assistant: homeAssistant, ...rest } = checked;
  const { limits, options } = hasLimits(kind.options) ? takeLimits(rest) : { limits: undefined, options: rest };
  return { id, kind, topic, options, limits, name, area, homeAssistant } as DeviceSettings;
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
