import * as z from "zod";
import type { DeviceKind } from "../../core/kind.ts";
import { logLevels } from "../../core/log/log.ts";
import { topic } from "../../core/messages/topic.ts";
import { oncePerKind } from "../../core/once-per-kind.ts";
import { hasLimits, limitOptions } from "../../core/outputs/limits.ts";
import { useOptions } from "../../core/outputs/output-use.ts";
import { broker } from "./broker.ts";
import { chips } from "./chips.ts";
import { deviceInHomeAssistant, homeAssistant, label } from "./home-assistant.ts";

/** The form of an id. Ids are used in log lines, on the command line, and in Home Assistant's entities. */
export const idPattern = /^[A-Za-z0-9_-]{1,64}$/;
/** Whether a word is a valid id. */
export function isId(word: string): boolean {
  return idPattern.test(word);
}

const idAdvice = "write it with letters, digits, - and _, at most 64 of them";

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

const agent = z
  .strictObject({
    id: z
      .string()
      .regex(idPattern, { error: `is not an id; ${idAdvice}` })
      .optional()
      .describe("The name of this agent in its topics, unique per broker. Default: the host name."),
    topic: topic(
      "Where the agent's own topics are, for brokers that allow no others. Default: pi2mqtt/ and its id.",
    ).optional(),
    location: z
      .strictObject({
        latitude: z.number().min(-90).max(90).describe("In degrees, north is positive."),
        longitude: z.number().min(-180).max(180).describe("In degrees, east is positive."),
      })
      .meta({ examples: [{ latitude: 48.85, longitude: 2.35 }] })
      .optional()
      .describe("Where the house is, for rules that follow the sun. It stays on this machine."),
    time_zone: z
      .string()
      .refine(isTimeZone, { error: "is no time zone; write one such as Europe/Paris" })
      .optional()
      .describe("The time zone in which rules mean their times, such as Europe/Paris. Default: that of the machine."),
    log_level: z
      .enum(logLevels)
      .default("info")
      .describe("The lowest level that is logged; debug shows each command, state and reading. Default: info."),
  })
  .describe("About this agent.");

/** HOST or HOST:PORT. The default is pigpiod's own port. */
function toAddress(text: string, context: z.RefinementCtx<string>) {
  const [, host, port = "8888"] = /^([^\s:/]+|\[[0-9a-fA-F:]+\])(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (host !== undefined && Number(port) > 0 && Number(port) < 65_536)
    return { host: host.replace(/^\[|\]$/g, ""), port: Number(port) };
  context.addIssue({ code: "custom", message: "is not an address; write HOST:PORT, such as localhost:8888" });
  return z.NEVER;
}

function gpio(backendNames: readonly string[]) {
  return z
    .strictObject({
      backend: z
        .enum(["auto", ...backendNames])
        .default("auto")
        .describe("The way to the pins; auto takes the first that works, and never the simulation. Default: auto."),
      chip: z
        .string()
        .optional()
        .describe("The label of the GPIO chip, where it is not a Raspberry Pi's. Default: found by itself."),
      chips,
      pigpiod: z
        .string()
        .default("localhost:8888")
        .transform(toAddress)
        .describe("Where pigpiod listens, for the backend pigpiod. Default: localhost:8888."),
      force_pins: z
        .array(z.int({ error: "is not a BCM number" }).min(0).max(999))
        .default([])
        .describe("Pins to be used although they are reserved (0, 1) or not on the 40-pin header. Default: none."),
    })
    .describe("About the pins.");
}

/** The options that every device has, besides `kind`. */
export const commonOptions = {
  topic: topic("The MQTT topic of the device; the others are derived from it."),
  name: label("What people call the device. Default: made of the id."),
  area: label("The room or area that Home Assistant suggests for the device, which is a device of its own there then."),
  home_assistant: deviceInHomeAssistant,
};

/** All options of a kind besides `kind`: those of every device, those of every output, and the kind's own. */
export function optionsFor({ options }: Pick<DeviceKind, "options">): z.ZodRawShape {
  return allOptions(options);
}

const allOptions = oncePerKind(
  (options): z.ZodRawShape => ({
    ...commonOptions,
    ...(hasLimits(options) && { ...limitOptions, ...useOptions }),
    ...options,
  }),
);

function deviceSchema(kind: DeviceKind) {
  return z
    .strictObject({ kind: z.literal(kind.kind).describe("What the device is."), ...optionsFor(kind) })
    .describe(kind.summary);
}

const anyDevice = z.looseObject(commonOptions);

/** The schemas of devices.yaml for these kinds and backends. Each schema is made once. */
export function configSchemas(kinds: readonly DeviceKind[], backendNames: readonly string[]) {
  const devices = new Map(kinds.map((kind) => [kind.kind, deviceSchema(kind)]));
  const sections = {
    agent: agent.prefault({}),
    broker: broker.prefault({}),
    gpio: gpio(backendNames).prefault({}),
    home_assistant: homeAssistant.prefault({}),
  };
  return {
    sections,
    /** The schemas of the kinds of devices. */
    kinds: [...devices.values()],
    /** The file with its devices unchecked. */
    root: z.strictObject({ ...sections, devices: z.record(z.string(), z.unknown()), rules: z.unknown().optional() }),
    /** The schema of a device of this kind. */
    deviceOf: (kind: DeviceKind): z.ZodType<Record<string, unknown>> => devices.get(kind.kind) ?? anyDevice,
    /** A device of which only the common options are checked. */
    anyDevice,
  };
}

/** Made by {@link configSchemas}. */
export type ConfigSchemas = ReturnType<typeof configSchemas>;

/** The checked sections besides the devices. */
export type Sections = Omit<z.output<ConfigSchemas["root"]>, "devices" | "rules">;
