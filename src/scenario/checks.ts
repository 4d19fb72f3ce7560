import type { DeviceSettings } from "../core/device-settings.ts";
import { driftsOf } from "../core/simulation/pretend.ts";
import type {
  DriveInput,
  Expect,
  SendCommand,
  SetFault,
  SetMeasure,
  TurnEncoder,
} from "../core/simulation/scenario.ts";
import { momentIn } from "../core/time/cron.ts";
import { parseDuration } from "../core/time/duration.ts";
import type { SourceDocument } from "../yaml/document.ts";
import { type Path, pathText } from "../yaml/path.ts";
import type { Problem } from "../yaml/problem.ts";
import { quoted } from "../yaml/shown.ts";
import { didYouMean } from "../yaml/suggest.ts";

/** What a scenario is checked against. */
export interface ScenarioKnown {
  /** The devices of the devices.yaml for which the scenario is written. */
  readonly devices: readonly DeviceSettings[];
  /** The ids of its rules; absent: it has none. */
  readonly rules?: readonly string[] | undefined;
  /** The time zone in which times of day are meant; undefined: that of the machine. */
  readonly timeZone?: string | undefined;
}

/** A YAML mapping. */
export type Group = Readonly<Record<string, unknown>>;

/** What happens, without the device and the time. */
export type Action = DriveInput | TurnEncoder | SetMeasure | SetFault | SendCommand | Expect;

/** Ten years. Nobody runs a longer scenario, and a much longer one would leave the range of dates. */
const longestMs = 3_650 * 24 * 3_600_000;

/** Collects the problems of a scenario with their places. */
export class ScenarioChecks {
  readonly problems: Problem[] = [];
  readonly source: SourceDocument;
  readonly #world: ScenarioKnown;

  constructor(source: SourceDocument, world: ScenarioKnown) {
    this.source = source;
    this.#world = world;
  }

  /** Adds a problem with the value at a path. */
  refuse(path: Path, sentence: string): readonly never[] {
    this.problems.push({ path: pathText(path), place: this.source.placeOfValue(path), sentence });
    return [];
  }

  /** Adds a problem with the key at a path. */
  refuseKey(path: Path, sentence: string): readonly never[] {
    this.problems.push({ path: pathText(path), place: this.source.placeOfKey(path), sentence });
    return [];
  }

  /** Adds the problem that the value at a path is none of these words. */
  refuseWord(path: Path, words: readonly string[]): readonly never[] {
    const guess = didYouMean(this.source.writtenValue(path) ?? "", words);
    return this.refuse(path, `${this.written(path)} is none of ${words.join(", ")}${guess}`);
  }

  /** The value as it is written in the file, in quotes. */
  written(path: Path): string {
    return quoted(path, this.source.writtenValue(path) ?? "");
  }

  /** The device with this id. If there is none, adds a problem and returns undefined. */
  device(path: Path, id: string): DeviceSettings | undefined {
    const device = this.#world.devices.find((candidate) => candidate.id === id);
    const ids = this.#world.devices.map((candidate) => candidate.id);
    if (device === undefined)
      this.refuseKey(path, `there is no device "${id}"${didYouMean(id, ids) || `; there are ${ids.join(", ")}`}`);
    return device;
  }

  /** Checks that there is a rule with this id. If there is none, adds a problem. */
  hasRule(path: Path, id: string): boolean {
    const { rules = [] } = this.#world;
    if (rules.includes(id)) return true;
    const others = rules.length === 0 ? "; devices.yaml has no rules" : `; there are ${rules.join(", ")}`;
    this.refuse(path, `there is no rule "${id}"${didYouMean(id, rules) || others}`);
    return false;
  }

  /** The moment at a path, such as `2026-03-28 20:00`. If it is none, adds a problem and returns undefined. */
  moment(path: Path, value: unknown): Date | undefined {
    const moment = typeof value === "string" ? momentIn(value, this.#world.timeZone) : undefined;
    if (moment === undefined)
      this.refuse(
        path,
        `${this.written(path)} is not a moment; write a day and a time in quotes, such as "2026-03-28 20:00"`,
      );
    return moment;
  }

  /** The measures of a device that the simulation can set. */
  measuresOf({ kind, options }: DeviceSettings): readonly string[] {
    return Object.keys(driftsOf(kind.pretend, options));
  }

  /** The duration at a path in milliseconds. If it is none, adds a problem and returns undefined. */
  duration(path: Path, value: unknown): number | undefined {
    const ms = typeof value === "string" ? parseDuration(value) : undefined;
    if (ms !== undefined && ms <= longestMs) return ms;
    const advice =
      ms === undefined
        ? "is not a duration; write a number with its unit, such as 500ms, 30s, 5m or 2h"
        : "is too long; write at most 3650d";
    this.refuse(path, `${this.written(path)} ${advice}`);
    return undefined;
  }

  /** The values of a group for these keys. Adds a problem for each other key. `called` says in the sentence what has the keys. */
  known(path: Path, group: Group, keys: readonly string[], called: string): Group {
    for (const key of Object.keys(group).filter((one) => !keys.includes(one)))
      this.refuseKey(
        [...path, key],
        `there is no "${key}" for ${called}${didYouMean(key, keys) || `; there are ${keys.join(", ")}`}`,
      );
    return Object.fromEntries(Object.entries(group).filter(([key]) => keys.includes(key)));
  }
}
