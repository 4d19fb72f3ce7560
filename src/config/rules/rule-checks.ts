import * as z from "zod";
import { saidNumbers, saidWords } from "../../core/house/said-by.ts";
import type { SourceDocument } from "../../yaml/document.ts";
import { isMapping } from "../../yaml/is-mapping.ts";
import { type Path, pathText } from "../../yaml/path.ts";
import type { Problem } from "../../yaml/problem.ts";
import { quoted } from "../../yaml/shown.ts";
import { didYouMean } from "../../yaml/suggest.ts";
import type { KnownDevice } from "../checks/checked-device.ts";
import { clause } from "../sentences/clause.ts";
import { toProblems } from "../sentences/to-problems.ts";

/** What rules are checked against. */
export interface RuleKnown {
  /** The devices, as far as they are valid. */
  readonly devices: readonly KnownDevice[];
  /** All ids of devices in the file, also of those that have mistakes. */
  readonly deviceIds: readonly string[];
  readonly ruleIds: readonly string[];
  /** Whether devices.yaml says where the house is. */
  readonly hasPlace: boolean;
  /** Topics that belong to the agent, its devices or Home Assistant, each with what to write instead. */
  readonly ownerOf: (topic: string) => string | undefined;
}

/** Collects the problems of rules with their places. */
export class RuleChecks {
  readonly problems: Problem[] = [];
  readonly source: SourceDocument;
  readonly known: RuleKnown;

  readonly #devices: ReadonlyMap<string, KnownDevice>;
  readonly #deviceIds: ReadonlySet<string>;

  constructor(source: SourceDocument, known: RuleKnown) {
    this.source = source;
    this.known = known;
    this.#devices = new Map(known.devices.map((device) => [device.id, device]));
    this.#deviceIds = new Set(known.deviceIds);
  }

  /** Adds a problem with the value at a path. */
  refuse(path: Path, sentence: string): undefined {
    this.problems.push({ path: pathText(path), place: this.source.placeOfValue(path), sentence });
  }

  /** Adds a problem with the key at a path. */
  refuseKey(path: Path, sentence: string): undefined {
    this.problems.push({ path: pathText(path), place: this.source.placeOfKey(path), sentence });
  }

  /** Adds the problem that a key is missing. */
  refuseAbsent(path: Path, sentence: string): undefined {
    this.problems.push({ path: pathText(path), place: this.source.placeOfKey(path), sentence, isAbsent: true });
  }

  /** The value as it is written in the file, in quotes. */
  written(path: Path): string {
    return quoted(path, this.source.writtenValue(path) ?? "");
  }

  /** The value, if the schema accepts it. If not, adds the problems. `called` says in a sentence what it is. */
  parse<Schema extends z.ZodType>(
    schema: Schema,
    value: unknown,
    path: Path,
    called: string,
  ): z.output<Schema> | undefined {
    const { data, error } = z.safeParse(schema, value, { error: clause });
    if (error === undefined) return data;
    const knownKeys = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
    const around = { path, called, knownKeys, example: {}, schema };
    this.problems.push(...error.issues.flatMap((issue) => toProblems(issue, this.source, around)));
    return undefined;
  }

  /** The device with this id. Undefined if there is none, which is a problem, or if it has problems itself. */
  device(path: Path, id: string): KnownDevice | undefined {
    const { deviceIds } = this.known;
    if (!this.#deviceIds.has(id))
      return this.refuse(path, `there is no device "${id}"${didYouMean(id, deviceIds) || listOf(deviceIds)}`);
    return this.#devices.get(id);
  }

  /** The word of a device's state, as the device writes it. */
  stateWord({ id, kind, options }: KnownDevice, word: string, path: Path): string | undefined {
    const words = saidWords({ kind, options });
    if (words === undefined) return word;
    const meant = words.find((one) => one.toLowerCase() === word.toLowerCase());
    if (meant !== undefined) return meant;
    if (words.length === 0) {
      const [number] = saidNumbers({ kind, options });
      const advice = number === undefined ? "" : `; write "measure: ${id}.${number}" with above or below`;
      return this.refuse(path, `"${id}" is a ${kind.kind}, which says no such word${advice}`);
    }
    return this.refuse(
      path,
      `"${id}" is never ${this.written(path)}${didYouMean(word, words) || `; it is ${words.join(" or ")}`}`,
    );
  }

  /** The device and the name of a measure that is written as `device.measure`, or as `device` where it has only one. */
  measure(written: string, path: Path): { readonly device: string; readonly measure: string } | undefined {
    const [id = "", name] = written.split(".");
    const device = this.device(path, id);
    if (device === undefined) return undefined;
    const names = saidNumbers(device);
    const [only] = names;
    if (only === undefined)
      return this.refuse(path, `"${id}" is a ${device.kind.kind}, which says no number; name a sensor`);
    if (name === undefined && names.length > 1)
      return this.refuse(path, `"${id}" says ${names.join(" and ")}; write which, such as ${id}.${only}`);
    if (name !== undefined && !names.includes(name))
      return this.refuse(
        path,
        `"${id}" has no measure "${name}"${didYouMean(name, names) || `; it has ${names.join(", ")}`}`,
      );
    return { device: id, measure: name ?? only };
  }

  /**
   * The form of a group, by the first of the keys that it has. If it has none, adds a problem that names all of them. `called` says what the
   * group is.
   */
  form<Name extends string>(written: unknown, path: Path, names: readonly Name[], called: string): Name | undefined {
    if (!isMapping(written)) return this.refuse(path, `${this.written(path)} is not ${called}; ${exampleOf(called)}`);
    const found = names.find((name) => name in written);
    if (found !== undefined) return found;
    const keys = Object.keys(written);
    const [key = ""] = keys;
    const guess = keys.map((one) => didYouMean(one, names)).find((one) => one !== "");
    const said = keys.length === 0 ? `this is not ${called}` : `"${key}" alone is not ${called}`;
    return this.refuse(path, `${said}${guess ?? `; write one with ${names.join(", ")}`}`);
  }
}

function exampleOf(called: string): string {
  const examples: Readonly<Record<string, string>> = {
    "what sets a rule off": "write, for example, {device: hall-button, event: single}",
    "a condition": "write, for example, {device: holiday, state: ON}",
    "a step": "write, for example, {device: hall-lamp, command: on}",
  };
  return examples[called] ?? "write a group of settings";
}

function listOf(ids: readonly string[]): string {
  return ids.length === 0 ? "" : `; there are ${ids.slice(0, 14).join(", ")}${ids.length > 14 ? " and others" : ""}`;
}
