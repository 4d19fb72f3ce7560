import * as z from "zod";
import type { Problem } from "../../yaml/problem.ts";
import { quoted } from "../../yaml/shown.ts";
import { didYouMeanAny } from "../../yaml/suggest.ts";
import { commonOptions, optionsFor } from "../schema/config-schemas.ts";
import { clause } from "../sentences/clause.ts";
import { meantKinds } from "../sentences/meant-kinds.ts";
import { sensorAdvice } from "../sentences/sensor-advice.ts";
import { toProblems } from "../sentences/to-problems.ts";
import { type CheckedDevice, type DeviceChecks, toSettings } from "./checked-device.ts";
import { validParts } from "./parts.ts";
import { understandVariables } from "./typed-variables.ts";

/** Checks a device whose kind does not exist: the kind, and each value that is there. */
export function checkWithoutKind(
  id: string,
  written: Readonly<Record<string, unknown>>,
  checks: DeviceChecks,
): CheckedDevice {
  const { kinds, schemas, source } = checks;
  const path = ["devices", id];
  const kindNames = checks.kindNames ?? kinds.map(({ kind }) => kind);
  const kindPath = [...path, "kind"];
  const value = source.writtenValue(kindPath);
  const isAbsent = value === undefined || value === "";
  const { names, isSure } = meantKinds(value ?? "", kinds, kindNames);
  const advice = didYouMeanAny(names) || '; "pi2mqtt kinds" lists all';
  const sentence = isAbsent
    ? `is missing${withoutWord(id, written, checks) ?? advice}`
    : `there is no kind ${quoted(kindPath, value)}${advice}`;
  const ofKind: Problem = { path: kindPath.join("."), place: source.placeOfValue(kindPath), sentence, isAbsent };

  const meant = names.length === 1 ? kinds.find(({ kind }) => kind === names[0]) : undefined;
  const options = meant === undefined ? commonOptions : optionsFor(meant);
  const settings = understandVariables({ ...written, kind: meant?.kind }, options, source, path);
  const { error } = z.safeParse(meant === undefined ? schemas.anyDevice : schemas.deviceOf(meant), settings, {
    error: clause,
  });
  // Missing and unknown options depend on the kind, which mostly is not certain here.
  const issues = (error?.issues ?? []).filter(
    ({ code, path: below }) =>
      isSure || (code !== "unrecognized_keys" && source.writtenValue([...path, ...below]) !== undefined),
  );
  const around = {
    path,
    called: meant === undefined ? "a device" : `the kind ${meant.kind}`,
    knownKeys: ["kind", ...Object.keys(options)],
    example: meant?.example ?? {},
    ...(meant && { schema: schemas.deviceOf(meant), adviceOn: (key: string) => sensorAdvice(meant, settings, key) }),
  };
  const known = meant && toSettings(id, meant, validParts(options, settings));
  return {
    problems: [ofKind, ...issues.flatMap((issue) => toProblems(issue, source, around))],
    device: undefined,
    known,
  };
}

/** What to do where a device has no kind, but a key that was meant for it, or a kind as its id. Undefined where it has neither. */
function withoutWord(
  id: string,
  written: Readonly<Record<string, unknown>>,
  { kinds, kindNames = kinds.map(({ kind }) => kind) }: DeviceChecks,
): string | undefined {
  const [key] = Object.keys(written).filter((one) => one.toLowerCase() === "kind");
  if (key !== undefined && key !== "kind") return `; write "kind" for "${key}"`;
  const { names, isSure } = meantKinds(id, kinds, kindNames);
  return isSure ? `; write "kind: ${names[0]}", if that is what it is` : undefined;
}
