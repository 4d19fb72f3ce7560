import * as z from "zod";
import type { DeviceKind, DeviceSettings } from "../core/device.ts";
import type { SourceDocument } from "./document.ts";
import { entityProblems } from "./home-assistant.ts";
import type { Problem } from "./problem.ts";
import { type ConfigSchemas, commonOptions, idPattern } from "./schema.ts";
import { clause, quoted, toProblems } from "./sentences.ts";
import { didYouMean } from "./suggest.ts";

/** What checking needs to know of the rest. */
export interface DeviceChecks {
  readonly kinds: readonly DeviceKind[];
  readonly schemas: ConfigSchemas;
  readonly source: SourceDocument;
}

/** Checks one device by the schema of its kind. */
export function checkDevice(id: string, written: unknown, checks: DeviceChecks): DeviceSettings | Problem[] {
  const { kinds, schemas, source } = checks;
  const path = ["devices", id];
  const atKey = (sentence: string): Problem[] => [{ path: path.join("."), place: source.placeOfKey(path), sentence }];
  if (!idPattern.test(id)) return atKey(`"${id}" is not an id; write letters, digits, - and _, at most 64 of them`);
  if (typeof written !== "object" || written === null || Array.isArray(written))
    return atKey("a device's settings are missing; write kind, topic and the others on lines below it, indented");

  const settings = written as Record<string, unknown>;
  const kindNames = kinds.map(({ kind }) => kind);
  const kind = kinds.find((candidate) => candidate.kind === settings["kind"]);
  const schema = kind && schemas.devices.get(kind.kind);
  if (kind === undefined || schema === undefined) {
    const kindPath = [...path, "kind"];
    const value = source.writtenValue(kindPath);
    const sentence =
      value === undefined || value === ""
        ? `is missing; there are ${kindNames.join(", ")}`
        : `there is no kind ${quoted(kindPath, value)}${didYouMean(value, kindNames) || `; there are ${kindNames.join(", ")}`}`;
    return [{ path: kindPath.join("."), place: source.placeOfValue(kindPath), sentence }];
  }

  const result = schema.safeParse(understandVariables(settings, kind.options, source, path), { error: clause });
  if (!result.success) {
    const knownKeys = ["kind", ...Object.keys({ ...commonOptions, ...kind.options })];
    const around = { path, called: `the kind ${kind.kind}`, knownKeys, example: kind.example };
    return result.error.issues.flatMap((issue) => toProblems(issue, source, around));
  }
  const { kind: _kind, topic, name, area, home_assistant: homeAssistant, ...options } = result.data;
  const device = { id, kind, topic, options, name, area, homeAssistant } as DeviceSettings;
  const problems = entityProblems(device, source);
  return problems.length > 0 ? problems : device;
}

/** A variable's value is text; where true, false or a number is wanted, it is taken for one. */
function understandVariables(
  settings: Readonly<Record<string, unknown>>,
  options: z.ZodRawShape,
  source: SourceDocument,
  path: readonly string[],
): Record<string, unknown> {
  const understood: Record<string, unknown> = { ...settings };
  for (const [name, value] of Object.entries(settings)) {
    if (typeof value !== "string" || !source.isSubstituted([...path, name])) continue;
    const option = options[name];
    const schema = option instanceof z.ZodDefault || option instanceof z.ZodOptional ? option.unwrap() : option;
    if (schema instanceof z.ZodBoolean && /^(true|false)$/.test(value)) understood[name] = value === "true";
    if (schema instanceof z.ZodNumber && value.trim() !== "") understood[name] = Number(value);
  }
  return understood;
}
