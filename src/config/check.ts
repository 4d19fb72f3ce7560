import type { DeviceKind, DeviceSettings } from "../core/device.ts";
import type { Firmware } from "../core/hardware/firmware.ts";
import type { GpioBackend } from "../core/hardware/gpio.ts";
import { SourceDocument } from "../yaml/document.ts";
import { isMapping } from "../yaml/is-mapping.ts";
import { explainedBy, formatProblem, inFileOrder, type Problem } from "../yaml/problem.ts";
import { readSource } from "../yaml/source.ts";
import type { Environment } from "./beside/environment.ts";
import { agentIdWarnings } from "./checks/agent-id.ts";
import { type CheckedDevice, checkDevice } from "./checks/devices.ts";
import { entityWarnings } from "./checks/entity-warnings.ts";
import { checkLinks } from "./checks/links.ts";
import { concernsOutputs, outputsOf } from "./checks/outputs.ts";
import { pinWarnings } from "./checks/pin-warnings.ts";
import { checkPins, checkUses } from "./checks/pins.ts";
import { type CheckedSections, checkSections, type KnownSections } from "./checks/sections.ts";
import { checkTopics } from "./checks/topics.ts";
import { configSchemas, type Sections } from "./schema/config-schemas.ts";

/** A devices.yaml that holds. */
export interface Config extends Omit<Sections, "agent"> {
  readonly agent: Sections["agent"] & { readonly id: string; readonly topic: string };
  readonly devices: readonly DeviceSettings[];
}

/** What became of a devices.yaml: a configuration, or all that is wrong with it, one line each. */
export interface Checked {
  readonly config: Config | undefined;
  /** The broker's section, where that one is right, whatever else is wrong. */
  readonly broker: Sections["broker"] | undefined;
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** What a file is checked against. */
export interface Known {
  /** The kinds that the file may mean; a file that names another one is told all names. */
  readonly kinds: readonly DeviceKind[];
  /** The names of all kinds that there are; those of {@link kinds} unless given. */
  readonly kindNames?: readonly string[];
  readonly backends: readonly Pick<GpioBackend, "name" | "uses">[];
  /** The backend that the command line names, whatever the file says. */
  readonly backend?: string | undefined;
  /** What config.txt says on the machine that the file is for. */
  readonly firmware?: Firmware | undefined;
  /** The number in /sys/class/gpio that GPIO0 has on this machine; undefined where nothing is known of it. */
  readonly sysfsBase?: (() => number | undefined) | undefined;
  readonly environment: Environment;
  /** The agent's id unless the file has one. */
  readonly hostname: string;
  /** Whether only devices and gpio count, for bringing outputs to rest: all else then has its default. */
  readonly outputsOnly?: boolean;
}

/** Checks the bytes of a devices.yaml. Touches nothing; finds everything at once. `fileName` is how the lines call it. */
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
  const found = [...sections.problems, ...checked.flatMap((device) => device.problems), ...across.problems];
  const problems = [...ofText, ...explainedBy(source, found)];
  const { data, broker } = sections;
  const devices = checked.flatMap(({ device }) => device ?? []);
  const config = data && { ...data, agent: { ...data.agent, id, topic }, devices };
  return {
    config: problems.length > 0 ? undefined : config,
    broker,
    problems: lines(problems),
    warnings: lines([...(outputsOnly ? [] : source.warnings), ...across.warnings]),
  };
}

/** Compares the devices with each other and with the sections, each as far as it is right. */
function compare(sections: CheckedSections, checked: readonly CheckedDevice[], known: Known, source: SourceDocument) {
  const { agent, gpio, home_assistant: homeAssistant } = sections.known;
  const { outputsOnly = false } = known;
  const devices = checked.flatMap((device) => device.known ?? []);
  const id = agent.id ?? idOf(known.hostname);
  const topic = agent.topic ?? `pi2mqtt/${id}`;
  const isSure = !sections.problems.some(({ path }) => ["agent", "agent.id", "agent.topic"].includes(path));
  const others = { agent: isSure ? topic : undefined, ...topicsOf(homeAssistant) };
  const topics = checkTopics(outputsOnly ? [] : devices, others, source);
  return {
    id,
    topic,
    problems: [
      ...topics.problems,
      ...(outputsOnly ? [] : checkLinks(devices, Object.keys(sections.devices), source)),
      ...checkPins(devices, gpio.force_pins, known.sysfsBase, source),
      ...checkUses(devices, gpio.backend ?? "auto", known.backends, source),
    ],
    warnings: [
      ...topics.warnings,
      ...pinWarnings(devices, known.firmware, source),
      ...(outputsOnly
        ? []
        : entityWarnings(
            checked.flatMap(({ device }) => device ?? []),
            source,
          )),
      ...(isSure && !outputsOnly ? agentIdWarnings(id, agent.id !== undefined, source) : []),
    ],
  };
}

/** What Home Assistant listens to, if it is used at all. */
function topicsOf({ discovery, prefix, status_topic }: KnownSections["home_assistant"]) {
  return discovery === false
    ? { homeAssistant: undefined, discovery: undefined }
    : { homeAssistant: status_topic, discovery: prefix };
}

/** A host name as an id. */
function idOf(hostname: string): string {
  return hostname.replace(/[^A-Za-z0-9_-]/g, "-").slice(0, 64) || "pi";
}
