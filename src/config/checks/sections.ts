import * as z from "zod";
import type { SourceDocument } from "../../yaml/document.ts";
import { isMapping } from "../../yaml/is-mapping.ts";
import { pathText } from "../../yaml/path.ts";
import type { Problem } from "../../yaml/problem.ts";
import { quotedAddress } from "../../yaml/quoted-address.ts";
import { brokerVariables, type Environment, overrideBroker, overridingVariable } from "../beside/environment.ts";
import { brokerAddresses } from "../schema/broker-address.ts";
import { type ConfigSchemas, idPattern, type Sections } from "../schema/config-schemas.ts";
import { clause } from "../sentences/clause.ts";
import { toProblems } from "../sentences/to-problems.ts";
import { validParts } from "./parts.ts";

/** What the check of the sections needs. */
export interface SectionChecks {
  readonly schemas: ConfigSchemas;
  readonly source: SourceDocument;
  readonly environment: Environment;
  /** The backend from the command line. */
  readonly backend?: string | undefined;
}

/** The valid parts of the sections, with their defaults. */
export type KnownSections = { readonly [Section in keyof Sections]: Partial<Sections[Section]> };

/** The sections after the check, and the devices as they are written. */
export interface CheckedSections {
  /** Undefined if anything is wrong with them. */
  readonly data: Sections | undefined;
  /** The valid parts, for comparing them with others. */
  readonly known: KnownSections;
  /** The broker section, if it is valid. */
  readonly broker: Sections["broker"] | undefined;
  readonly devices: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
}

/** Checks the sections agent, broker, gpio and home_assistant. Variables override settings of the broker. */
export function checkSections(file: Readonly<Record<string, unknown>>, checks: SectionChecks): CheckedSections {
  const { schemas, source, environment, backend } = checks;
  const written = { ...file };
  // A heading with nothing below it counts as no section.
  for (const section of ["agent", "broker", "gpio", "home_assistant"])
    if (written[section] === null) delete written[section];
  const listed = written["devices"] ?? {};
  const devices = Array.isArray(listed) && listed.length === 0 ? {} : listed;
  const broker = written["broker"] ?? {};
  if (isMapping(broker)) written["broker"] = overrideBroker(broker, environment);

  const gpio = written["gpio"] ?? {};
  if (isMapping(gpio) && backend !== undefined) written["gpio"] = { ...gpio, backend };

  const result = schemas.root.safeParse({ ...written, devices }, { error: clause });
  const issues = result.error?.issues ?? [];
  const problems = issues.flatMap((issue) =>
    Array.isArray(devices) && issue.path[0] === "devices"
      ? devicesAsList(devices, checks)
      : sectionProblems(issue, checks),
  );
  if (isMapping(devices) && Object.keys(devices).length === 0) {
    const sentence = "there are no devices; add one below it, indented";
    problems.push({ path: "devices", place: source.placeOfKey(["devices"]), sentence, isAbsent: true });
  }
  if (isMapping(broker)) problems.push(...urlAndUrls(broker, checks));
  const right = result.data?.broker ?? z.safeParse(schemas.root.shape.broker, written["broker"]).data;
  if (right !== undefined) problems.push(...passwordWithoutUser(right, checks));
  return {
    data: result.data,
    known: result.data ?? knownParts(written, schemas),
    broker: right,
    devices: isMapping(devices) ? devices : {},
    problems,
  };
}

function knownParts(written: Readonly<Record<string, unknown>>, { root: { shape } }: ConfigSchemas): KnownSections {
  const parts = (section: keyof Sections) => {
    const value = written[section];
    return validParts(shape[section].unwrap().shape, isMapping(value) ? value : {});
  };
  return {
    agent: parts("agent"),
    broker: parts("broker"),
    gpio: parts("gpio"),
    home_assistant: parts("home_assistant"),
  };
}

/** Other programs have devices as a list. Here they are below their ids. */
function devicesAsList(devices: readonly unknown[], { source }: SectionChecks): Problem[] {
  const [id = "lamp"] = devices.flatMap((device) =>
    isMapping(device) && typeof device["id"] === "string" && idPattern.test(device["id"]) ? [device["id"]] : [],
  );
  const sentence = `the devices are written as a list; take each dash away, and let the device's id become the key above its settings, as in "${id}:" without a line "id"`;
  return [{ path: "devices", place: source.placeOfValue(["devices"]), sentence }];
}

function sectionProblems(issue: Parameters<typeof toProblems>[0], checks: SectionChecks): Problem[] {
  const { schemas, source, environment } = checks;
  const [section, setting] = issue.path.map(String);
  const variable = section === "broker" ? overridingVariable(setting ?? "", environment) : undefined;
  if (variable !== undefined) {
    const part = issue.path[2] === undefined ? "the value" : `address ${Number(issue.path[2]) + 1}`;
    return [{ path: variable, sentence: `${part} of this variable ${issue.message}` }];
  }
  if (section === "gpio" && setting === "backend" && checks.backend !== undefined)
    return [{ path: "--backend", sentence: `"${checks.backend}" ${issue.message}` }];
  const written = source.writtenValue(issue.path);
  if (section === "broker" && setting?.startsWith("url") && issue.code === "custom" && written)
    return [
      {
        path: pathText(issue.path),
        place: source.placeOfValue(issue.path),
        sentence: `${quotedAddress(written)} ${issue.message}`,
      },
    ];
  const { shape } = schemas.root;
  const known = section === undefined || section === "devices" ? shape : shape[section as "agent"].unwrap().shape;
  const called = section === undefined ? "devices.yaml" : `the section ${section}`;
  return toProblems(issue, source, {
    path: [],
    called,
    knownKeys: Object.keys(known),
    example: {},
  });
}

/** If both are there, it is not clear which one is meant. */
function urlAndUrls(broker: Readonly<Record<string, unknown>>, { source }: SectionChecks): Problem[] {
  if (!("url" in broker) || !("urls" in broker)) return [];
  const sentence = "there is broker.url too; write one or the other";
  return [{ path: "broker.urls", place: source.placeOfKey(["broker", "urls"]), sentence }];
}

/** MQTT 3.1.1 forbids a password without a user, and brokers refuse it without a reason. */
function passwordWithoutUser(broker: Sections["broker"], { environment, source }: SectionChecks): Problem[] {
  const isWhole = brokerAddresses(broker).every(
    ({ username, password }) => password === undefined || username !== undefined,
  );
  if (isWhole) return [];
  const sentence = "there is a password but no user; set MQTT_USERNAME or broker.username";
  if (overridingVariable("password", environment) !== undefined) return [{ path: brokerVariables.password, sentence }];
  const path = ["broker", "password"];
  return [{ path: path.join("."), place: source.placeOfKey(path), sentence }];
}
