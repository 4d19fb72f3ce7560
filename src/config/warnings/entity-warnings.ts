import type { DeviceSettings } from "../../core/device-settings.ts";
import type { Entity } from "../../core/entity.ts";
import { plainUnit as plain, stateClassesOf, unitsOf } from "../../core/readers/device-classes.ts";
import type { SourceDocument } from "../../yaml/document.ts";
import { pathText } from "../../yaml/path.ts";
import type { Problem } from "../../yaml/problem.ts";

/** Warns of options that Home Assistant accepts, but that do not do what their owner may expect. */
export function entityWarnings(devices: readonly DeviceSettings[], source: SourceDocument): Problem[] {
  const all = devices.flatMap((device) =>
    device.kind.entities(device.options).flatMap((entity) => {
      const given = new Given(entity, device, source);
      return [
        ...unitWarnings(entity, given, device, source),
        ...stateClassWarnings(entity, given, device, source),
        ...expiryWarnings(entity, given),
      ];
    }),
  );
  // An option for all entities of a device is reported once.
  return [...new Map(all.map((problem) => [`${problem.path} ${problem.sentence}`, problem])).values()];
}

function unitWarnings(entity: Entity, given: Given, device: DeviceSettings, source: SourceDocument): Problem[] {
  if (!["sensor", "number"].includes(String(given.or("platform", entity.platform)))) return [];
  const { device_class: ownClass, unit_of_measurement: ownUnit } = entity.settings ?? {};
  const deviceClass = given.or("device_class", ownClass);
  const unit = plain(given.or("unit_of_measurement", ownUnit));
  const fitting = unitsOf(String(deviceClass));
  if (fitting?.map(plain).includes(unit) === false) {
    const key = given.has("unit_of_measurement") ? "unit_of_measurement" : "device_class";
    const wrong = unit === "" ? "needs a unit" : `has no unit "${unit}"`;
    const sentence = `Home Assistant's device class ${deviceClass} ${wrong}; it has ${fitting.map((one) => one || "no unit").join(", ")}`;
    return given.has(key) ? [given.problem(key, sentence)] : ofOption(ownUnit ?? ownClass, sentence, device, source);
  }
  if (ownUnit === undefined || unit === plain(ownUnit) || given.has("value_template")) return [];
  const sentence = `"${unit}" changes no value, which the agent says in ${ownUnit}; choose the unit in Home Assistant, which converts`;
  return [given.problem("unit_of_measurement", sentence)];
}

/** The problem with that option of the kind by which its owner has chosen a unit or a class; none where the kind has chosen it. */
function ofOption(chosen: unknown, sentence: string, device: DeviceSettings, source: SourceDocument): Problem[] {
  const option = Object.keys(device.options).find((name) => device.options[name] === chosen);
  const path = ["devices", device.id, option ?? ""];
  if (option === undefined || source.writtenValue(path) === undefined) return [];
  return [{ path: pathText(path), place: source.placeOfValue(path), sentence }];
}

/** Warns of a state class by which Home Assistant would complain in its log, and make wrong statistics or none. */
function stateClassWarnings(entity: Entity, given: Given, device: DeviceSettings, source: SourceDocument): Problem[] {
  if (given.or("platform", entity.platform) !== "sensor") return [];
  const { device_class: ownClass, state_class: ownState } = entity.settings ?? {};
  const deviceClass = String(given.or("device_class", ownClass));
  const stateClass = given.or("state_class", ownState);
  const fitting = stateClassesOf(deviceClass);
  if (stateClass === undefined || fitting === undefined || fitting.some((one) => one === stateClass)) return [];
  const sentence = `Home Assistant's device class ${deviceClass} has no state class "${stateClass}"; it has ${fitting.join(", ")}`;
  const key = ["state_class", "device_class"].find((option) => given.has(option));
  return key === undefined ? ofMeasure(entity.key, sentence, device, source) : [given.problem(key, sentence)];
}

/** The problem with the measure that its owner has described below an option of the kind; none where the kind knows it. */
function ofMeasure(name: string, sentence: string, device: DeviceSettings, source: SourceDocument): Problem[] {
  const paths = Object.keys(device.options).flatMap((option) =>
    ["state_class", "device_class"].map((key) => ["devices", device.id, option, name, key]),
  );
  const path = paths.find((one) => source.writtenValue(one) !== undefined);
  return path === undefined ? [] : [{ path: pathText(path), place: source.placeOfValue(path), sentence }];
}

/** Warns of a time after which Home Assistant would show an entity as unavailable although its sensor works. */
function expiryWarnings(entity: Entity, given: Given): Problem[] {
  const seconds = Number(given.or("expire_after", 0));
  if (!(seconds > 0)) return [];
  const { everyMs } = entity;
  if (everyMs !== undefined && seconds * 1000 > everyMs) return [];
  const how = everyMs === undefined ? "on a change only" : `every ${everyMs / 1000} s`;
  return [given.problem("expire_after", `"${seconds}" makes it unavailable again and again: its state is said ${how}`)];
}

/** The options that are written for one entity, below its key or for the whole device. */
class Given {
  readonly #own: Readonly<Record<string, unknown>>;
  readonly #forAll: Readonly<Record<string, unknown>>;
  readonly #path: readonly string[];
  readonly #key: string;
  readonly #source: SourceDocument;

  constructor({ key }: Entity, { id, homeAssistant = {} }: DeviceSettings, source: SourceDocument) {
    const own = homeAssistant[key];
    this.#own = typeof own === "object" && own !== null ? (own as Record<string, unknown>) : {};
    this.#forAll = homeAssistant;
    this.#path = ["devices", id, "home_assistant"];
    this.#key = key;
    this.#source = source;
  }

  has(option: string): boolean {
    return option in this.#own || option in this.#forAll;
  }

  or(option: string, otherwise: unknown): unknown {
    return option in this.#own ? this.#own[option] : (this.#forAll[option] ?? otherwise);
  }

  problem(option: string, sentence: string): Problem {
    const path = [...this.#path, ...(option in this.#own ? [this.#key] : []), option];
    return { path: pathText(path), place: this.#source.placeOfValue(path), sentence };
  }
}
