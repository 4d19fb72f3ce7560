import { stringify } from "yaml";
import { checkConfig } from "../../src/config/check.ts";
import { checkRules } from "../../src/config/rules/check-rules.ts";
import { type DeviceKind, exampleDevices } from "../../src/core/kind.ts";
import { simulated } from "../../src/gpio/simulated.ts";
import { type AnnouncedHouse, vitals } from "../../src/homeassistant/announced-house.ts";
import { discoveryMessages } from "../../src/homeassistant/messages.ts";
import { kinds } from "../fakes/kinds.ts";

/** The house of a devices.yaml, on a Pi called office-pi unless it says otherwise; about another machine where told. */
export function houseOf(yaml: string, about: Partial<AnnouncedHouse["agent"]> = {}): AnnouncedHouse {
  const known = { kinds, checkRules, backends: [simulated], environment: {}, hostname: "office-pi" };
  const { config, problems } = checkConfig("devices.yaml", new TextEncoder().encode(yaml), known);
  if (config === undefined) throw new Error(problems.join("\n"));
  return {
    agent: {
      ...config.agent,
      version: "1.2.3",
      model: "Raspberry Pi 4 Model B Rev 1.4",
      serial: "10000000abcdef01",
      vitals,
      ...about,
    },
    settings: config.home_assistant,
    devices: config.devices,
    rules: config.rules,
  };
}

/** One kind's example as the device `it`, with more options where wanted; its neighbours are hidden. */
export function exampleOf(kind: DeviceKind, more: Record<string, unknown> = {}): string {
  const { it, ...neighbours } = exampleDevices("it", kind);
  const hidden = Object.entries(neighbours).map(([id, one]) => [id, { ...one, home_assistant: { discovery: false } }]);
  return stringify({ devices: { ...Object.fromEntries(hidden), it: { ...it, ...more } } });
}

/** A discovery message as Home Assistant reads it. */
export interface Message {
  readonly dev: Readonly<Record<string, unknown>>;
  readonly cmps: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The messages of a devices.yaml by their topics. */
export function messagesOf(yaml: string): Readonly<Record<string, Message>> {
  return Object.fromEntries(
    discoveryMessages(houseOf(yaml)).map(({ topic, payload }) => [topic, JSON.parse(payload) as Message]),
  );
}

/** Those of {@link componentsOf} that are entities, and no triggers. */
export function entitiesOf(yaml: string): Message["cmps"] {
  return Object.fromEntries(Object.entries(componentsOf(yaml)).filter(([, { p }]) => p !== "device_automation"));
}

/** What the agent's own message has for the devices, by entity or trigger: `lamp__relay__switch`. */
export function componentsOf(yaml: string): Message["cmps"] {
  const cmps = messagesOf(yaml)["homeassistant/device/office-pi/config"]?.cmps ?? {};
  // The agent's own have the key and the platform only.
  return Object.fromEntries(Object.entries(cmps).filter(([id]) => id.split("__").length > 2));
}
