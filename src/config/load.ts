import type { DeviceKind, DeviceSettings } from "../core/device.ts";
import type { Firmware } from "../core/firmware.ts";
import type { GpioBackend } from "../core/gpio.ts";
import { checkDevice } from "./devices.ts";
import { SourceDocument } from "./document.ts";
import { entityWarnings } from "./entity-warnings.ts";
import type { Environment } from "./environment.ts";
import { concernsOutputs, outputsOf } from "./outputs.ts";
import { pinWarnings } from "./pin-warnings.ts";
import { checkPins, checkUses } from "./pins.ts";
import { formatProblem, inFileOrder, type Problem } from "./problem.ts";
import { configSchemas, type Sections } from "./schema.ts";
import { checkSections, isMapping } from "./sections.ts";
import { readSource } from "./source.ts";
import { checkTopics } from "./topics.ts";

/** A devices.yaml that holds. */
export interface Config extends Omit<Sections, "agent"> {
  readonly agent: Sections["agent"] & { readonly id: string; readonly topic: string };
  readonly devices: readonly DeviceSettings[];
}

/** What became of a devices.yaml: a configuration, or all that is wrong with it, one line each. */
export interface Checked {
  readonly config: Config | undefined;
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** What a file is checked against. */
export interface Known {
  readonly kinds: readonly DeviceKind[];
  readonly backends: readonly Pick<GpioBackend, "name" | "uses">[];
  /** The backend that the command line names, whatever the file says. */
  readonly backend?: string | undefined;
  /** What config.txt says on the machine that the file is for. */
  readonly firmware?: Firmware | undefined;
  readonly environment: Environment;
  /** The agent's id unless the file has one. */
  readonly hostname: string;
  /** Whether only devices and gpio count, for bringing outputs to rest: all else then has its default. */
  readonly outputsOnly?: boolean;
}

/** Checks the bytes of a devices.yaml. Touches nothing; finds everything at once. `fileName` is how the lines call it. */
export function checkConfig(fileName: string, bytes: Uint8Array, known: Known): Checked {
  const answer = (config: Config | undefined, problems: readonly Problem[], warnings: readonly Problem[] = []) => {
    const lines = (some: readonly Problem[]) => inFileOrder(some).map((problem) => formatProblem(fileName, problem));
    return { config: problems.length > 0 ? undefined : config, problems: lines(problems), warnings: lines(warnings) };
  };
  const text = readSource(bytes, 'begin with "devices:" and one device below it');
  if ("problem" in text) return answer(undefined, [text.problem]);
  const source = new SourceDocument(text.text, (name) => known.environment[name]);
  if (!source.isValid) return answer(undefined, source.problems);
  const made = source.value();
  if ("problem" in made) return answer(undefined, [...source.problems, made.problem]);
  if (!isMapping(made.value)) {
    const sentence = 'this is not a devices.yaml; begin with "devices:" and one device below it, indented';
    return answer(undefined, [...source.problems, { path: "", place: { line: 1, column: 1 }, sentence }]);
  }

  const schemas = configSchemas(
    known.kinds,
    known.backends.map(({ name }) => name),
  );
  const { outputsOnly = false } = known;
  const problems = outputsOnly ? source.problems.filter(concernsOutputs) : [...source.problems];
  // What the YAML itself or a missing variable spoilt is not complained of twice.
  const spoilt = new Set(source.problems.map(({ path }) => path));
  const complain = (found: readonly Problem[]) => problems.push(...found.filter(({ path }) => !spoilt.has(path)));

  const sections = outputsOnly
    ? checkSections(outputsOf(made.value), { schemas, source, ...known, environment: {} })
    : checkSections(made.value, { schemas, source, ...known });
  complain(sections.problems);
  const devices: DeviceSettings[] = [];
  for (const [id, written] of Object.entries(sections.devices)) {
    const checked = checkDevice(id, written, { kinds: known.kinds, schemas, source });
    if (Array.isArray(checked)) complain(checked);
    else devices.push(checked);
  }
  const { data } = sections;
  const id = data?.agent.id ?? idOf(known.hostname);
  const topic = data?.agent.topic ?? `pi2mqtt/${id}`;
  const others = { agent: topic, homeAssistant: data && birthTopic(data.home_assistant) };
  const topics = checkTopics(outputsOnly ? [] : devices, others, source);
  complain([
    ...topics.problems,
    ...checkPins(devices, data?.gpio.force_pins ?? [], source),
    ...checkUses(devices, data?.gpio.backend ?? "auto", known.backends, source),
  ]);
  const warnings = [
    ...topics.warnings,
    ...pinWarnings(devices, known.firmware, source),
    ...entityWarnings(devices, source),
  ];
  return answer(data && { ...data, agent: { ...data.agent, id, topic }, devices }, problems, warnings);
}

/** Where Home Assistant is listened to, if at all. */
function birthTopic({ discovery, status_topic: topic }: Sections["home_assistant"]): string | undefined {
  return discovery === false ? undefined : topic;
}

/** A host name as an id. */
function idOf(hostname: string): string {
  return hostname.replace(/[^A-Za-z0-9_-]/g, "-").slice(0, 64) || "pi";
}
