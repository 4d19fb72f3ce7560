import type { DeviceSettings } from "../core/device-settings.ts";
import type { Firmware } from "../core/hardware/firmware.ts";
import type { GpioBackend } from "../core/hardware/gpio.ts";
import type { DeviceKind } from "../core/kind.ts";
import type { Rule } from "../core/rules/rule.ts";
import { SourceDocument } from "../yaml/document.ts";
import { isMapping } from "../yaml/is-mapping.ts";
import { explainedBy, formatProblem, inFileOrder, type Problem } from "../yaml/problem.ts";
import { readSource } from "../yaml/source.ts";
import type { Environment } from "./beside/environment.ts";
import type { CheckedDevice } from "./checks/checked-device.ts";
import { linesOf } from "./checks/chip-lines.ts";
import { chipProblems } from "./checks/chips.ts";
import { checkDevice } from "./checks/devices.ts";
import { checkInterlocks } from "./checks/interlocks.ts";
import { checkLinks } from "./checks/links.ts";
import { concernsOutputs, outputsOf } from "./checks/outputs.ts";
import { checkPins, checkUses } from "./checks/pins.ts";
import { checkPlaces } from "./checks/places.ts";
import { type CheckedSections, checkSections, type KnownSections } from "./checks/sections.ts";
import { checkTopics } from "./checks/topics.ts";
import type { CheckedRules, checkRules } from "./rules/check-rules.ts";
import { foreignTopics } from "./rules/foreign-topics.ts";
import { configSchemas, type Sections } from "./schema/config-schemas.ts";
import { agentIdWarnings } from "./warnings/agent-id.ts";
import { chipWarnings } from "./warnings/chip-warnings.ts";
import { deviceWarnings } from "./warnings/device-warnings.ts";
import { pinWarnings } from "./warnings/pin-warnings.ts";

/** A devices.yaml without mistakes. */
export interface Config extends Omit<Sections, "agent"> {
  readonly agent: Sections["agent"] & { readonly id: string; readonly topic: string };
  readonly devices: readonly DeviceSettings[];
  readonly rules: readonly Rule[];
}

/** The result of checking a devices.yaml: a configuration, or everything that is wrong with it, one line each. */
export interface Checked {
  readonly config: Config | undefined;
  /** The broker section if it is valid, even if other parts are wrong. */
  readonly broker: Sections["broker"] | undefined;
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** What a file is checked against. */
export interface Known {
  /** The kinds that the file may name. If the file names another one, the message lists all names. */
  readonly kinds: readonly DeviceKind[];
  /** The names of all kinds. Default: the names of {@link kinds}. */
  readonly kindNames?: readonly string[];
  readonly backends: readonly Pick<GpioBackend, "name" | "uses" | "chipsFor">[];
  /** The backend from the command line. It overrides the file. */
  readonly backend?: string | undefined;
  /** The check of the rules. It is loaded only for a file that may have some, see {@link import("./named-kinds.ts").mayHaveRules}. */
  readonly checkRules?: typeof checkRules | undefined;
  /** What config.txt says on the machine for which the file is. */
  readonly firmware?: Firmware | undefined;
  /** The number that GPIO0 has in /sys/class/gpio on this machine; undefined if it is not known. */
  readonly sysfsBase?: (() => number | undefined) | undefined;
  readonly environment: Environment;
  /** The host name, from which the agent's id is made if the file has none. */
  readonly hostname: string;
  /** Whether only the sections devices and gpio count, for bringing outputs to rest. Everything else has its default then. */
  readonly outputsOnly?: boolean;
}

/** Checks the bytes of a devices.yaml. Opens no pin and finds all problems at once. `fileName` is the name of the file in the lines. */
export function checkConfig(fileName: string, bytes: Uint8Array, known: Known): Checked {
  const lines = (some: readonly Problem[]) => inFileOrder(some).map((problem) => formatProblem(fileName, problem));
  const refuse = (...problems: readonly Problem[]): Checked => {
    return { config: undefined, broker: undefined, problems: lines(problems), warnings: [] };
  };
  const text = readSource(bytes, 'begin with "devices:" and one device below it');
  if ("problem" in text) return refuse(text.problem);
  const source = new SourceDocument(text.text, (name) => known.environment[name]);
  if (!source.isValid) return refuse(...source.problems);
  const made = source.value();
  if ("problem" in made) return refuse(...source.problems, made.problem);
  if (!isMapping(made.value)) {
    const sentence = 'this is not a devices.yaml; begin with "devices:" and one device below it, indented';
    return refuse(...source.problems, { path: "", place: { line: 1, column: 1 }, sentence });
  }

  const schemas = configSchemas(
    known.kinds,
    known.backends.map(({ name }) => name),
  );
  const { outputsOnly = false } = known;
  const ofText = outputsOnly ? source.problems.filter(concernsOutputs) : source.problems;
  const sections = outputsOnly
    ? checkSections(outputsOf(made.value), { schemas, source, ...known, environment: {} })
    : checkSections(made.value, { schemas, source, ...known });
  const checked = Object.entries(sections.devices).map(([id, written]) =>
    checkDevice(id, written, { kinds: known.kinds, kindNames: known.kindNames, schemas, source }),
  );
  const { id, topic, ...across } = compare(sections, checked, known, source);
  const rules = rulesOf(made.value, sections, checked, topic, known, source);
  const found = [
    ...sections.problems,
    ...checked.flatMap((device) => device.problems),
    ...across.problems,
    ...rules.problems,
  ];
  const problems = [...ofText, ...explainedBy(source, found)];
  const { data, broker } = sections;
  const devices = checked.flatMap(({ device }) => device ?? []);
  const config = data && { ...data, agent: { ...data.agent, id, topic }, devices, rules: rules.rules };
  return {
    config: problems.length > 0 ? undefined : config,
    broker,
    problems: lines(problems),
    warnings: lines([...(outputsOnly ? [] : source.warnings), ...across.warnings]),
  };
}

/** Compares the devices with each other and with the sections, as far as they are valid. */
function compare(sections: CheckedSections, checked: readonly CheckedDevice[], known: Known, source: SourceDocument) {
  const { agent, gpio, home_assistant: homeAssistant } = sections.known;
  const { outputsOnly = false } = known;
  const devices = checked.flatMap((device) => device.known ?? []);
  const valid = checked.flatMap(({ device }) => device ?? []);
  const id = agent.id ?? idOf(known.hostname);
  const topic = agent.topic ?? `pi2mqtt/${id}`;
  const isSure = !sections.problems.some(({ path }) => ["agent", "agent.id", "agent.topic"].includes(path));
  const others = { agent: isSure ? topic : undefined, ...topicsOf(homeAssistant) };
  const ofChips = {
    lines: linesOf(devices),
    chips: gpio.chips,
    headerChip: gpio.chip,
    firmware: known.firmware,
    source,
  };
  const topics = checkTopics(outputsOnly ? [] : devices, others, source);
  return {
    id,
    topic,
    problems: [
      ...topics.problems,
      ...(outputsOnly ? [] : checkLinks(devices, Object.keys(sections.devices), source)),
      ...(outputsOnly ? [] : checkInterlocks(devices, source)),
      ...(outputsOnly ? [] : checkPlaces(devices, source)),
      ...checkPins(devices, gpio.force_pins, known.sysfsBase, source),
      ...chipProblems(ofChips),
      ...checkUses(devices, gpio.backend ?? "auto", known.backends, source),
    ],
    warnings: [
      ...topics.warnings,
      ...pinWarnings(devices, known.firmware, source),
      ...chipWarnings(ofChips),
      ...(outputsOnly ? [] : deviceWarnings(valid, source)),
      ...(isSure && !outputsOnly ? agentIdWarnings(id, agent.id !== undefined, source) : []),
    ],
  };
}

/** Checks the rules against the devices. They do not count where only outputs do. */
function rulesOf(
  file: Readonly<Record<string, unknown>>,
  { known: { agent, home_assistant: homeAssistant }, devices }: CheckedSections,
  checked: readonly CheckedDevice[],
  topic: string,
  { outputsOnly, checkRules }: Known,
  source: SourceDocument,
): CheckedRules {
  const written = outputsOnly ? undefined : file["rules"];
  if (written === undefined || written === null) return { rules: [], problems: [] };
  if (checkRules === undefined) throw new Error("the check of the rules was not loaded");
  const known = checked.flatMap((device) => device.known ?? []);
  return checkRules(written, source, {
    devices: known,
    deviceIds: Object.keys(devices),
    hasPlace: agent.location !== undefined,
    ownerOf: foreignTopics(known, topic, topicsOf(homeAssistant)),
  });
}

/** The topics of Home Assistant, as far as it is used. */
function topicsOf({ discovery, prefix, status_topic }: KnownSections["home_assistant"]) {
  return discovery === false
    ? { homeAssistant: undefined, discovery: undefined }
    : { homeAssistant: status_topic, discovery: prefix };
}

/** Makes an id of a host name. */
function idOf(hostname: string): string {
  return hostname.replace(/[^A-Za-z0-9_-]/g, "-").slice(0, 64) || "pi";
}
