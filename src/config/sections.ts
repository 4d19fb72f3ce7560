import type { SourceDocument } from "./document.ts";
import { brokerOverrides, brokerVariables, type Environment } from "./environment.ts";
import type { Problem } from "./problem.ts";
import type { ConfigSchemas, Sections } from "./schema.ts";
import { clause, toProblems } from "./sentences.ts";

/** What checking the sections needs to know of the rest. */
export interface SectionChecks {
  readonly schemas: ConfigSchemas;
  readonly source: SourceDocument;
  readonly environment: Environment;
  /** The backend that the command line names. */
  readonly backend?: string | undefined;
}

/** The sections beside the devices, and the devices as they were written. */
export interface CheckedSections {
  readonly data: Sections | undefined;
  readonly devices: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
}

/** Checks agent, broker and gpio, with the variables' settings laid over the broker's. */
export function checkSections(file: Readonly<Record<string, unknown>>, checks: SectionChecks): CheckedSections {
  const { schemas, source, environment, backend } = checks;
  const written = { ...file };
  // A heading with nothing below it is as good as none.
  for (const section of ["agent", "broker", "gpio"]) if (written[section] === null) delete written[section];
  const devices = written["devices"] ?? {};
  const broker = written["broker"] ?? {};
  const overrides = brokerOverrides(environment);
  if (isMapping(broker) && Object.keys(overrides).length > 0) written["broker"] = { ...broker, ...overrides };

  const gpio = written["gpio"] ?? {};
  if (isMapping(gpio) && backend !== undefined) written["gpio"] = { ...gpio, backend };

  const result = schemas.root.safeParse({ ...written, devices }, { error: clause });
  const problems = result.success ? [] : result.error.issues.flatMap((issue) => sectionProblems(issue, checks));
  if (isMapping(devices) && Object.keys(devices).length === 0) {
    const sentence = "there are no devices; add one below it, indented";
    problems.push({ path: "devices", place: source.placeOfKey(["devices"]), sentence });
  }
  if (result.success) problems.push(...passwordWithoutUser(result.data.broker, checks));
  return { data: result.data, devices: isMapping(devices) ? devices : {}, problems };
}

function sectionProblems(issue: Parameters<typeof toProblems>[0], checks: SectionChecks): Problem[] {
  const { schemas, source, environment } = checks;
  const [section, setting] = issue.path.map(String);
  const variable = section === "broker" ? brokerVariables[setting as keyof typeof brokerVariables] : undefined;
  if (variable !== undefined && environment[variable])
    return [{ path: variable, sentence: `the value of this variable ${issue.message}` }];
  if (section === "gpio" && setting === "backend" && checks.backend !== undefined)
    return [{ path: "--backend", sentence: `"${checks.backend}" ${issue.message}` }];
  const { shape } = schemas.root;
  const known = section === undefined || section === "devices" ? shape : shape[section as "agent"].unwrap().shape;
  const called = section === undefined ? "devices.yaml" : `the section ${section}`;
  return toProblems(issue, source, { path: [], called, knownKeys: Object.keys(known), example: {} });
}

/** Brokers refuse it without a word, and MQTT 3.1.1 forbids it. */
function passwordWithoutUser({ url, username, password }: Sections["broker"], checks: SectionChecks): Problem[] {
  if (password === undefined || username !== undefined || new URL(url).username !== "") return [];
  const sentence = "there is a password but no user; set MQTT_USERNAME or broker.username";
  const fromEnvironment = brokerOverrides(checks.environment)["password"] !== undefined;
  const path = ["broker", "password"];
  return [
    fromEnvironment
      ? { path: brokerVariables.password, sentence }
      : { path: path.join("."), place: checks.source.placeOfKey(path), sentence },
  ];
}

/** Whether the value is a YAML mapping. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
