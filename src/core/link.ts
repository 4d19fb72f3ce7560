import * as z from "zod";
import { oncePerKind } from "./once-per-kind.ts";

/**
 * What a device needs of another device of this agent. `measure`: a number that it measures, written `office-climate.temperature`, or only
 * the device's id if it has one measure. `on_off`: something that can be switched on and off. `input`: something that says by its state
 * that it is `ON` or `OFF`, such as a contact; it is never given a command.
 */
export type LinkRole = "measure" | "on_off" | "input";

/** What an option that names another device needs of it. */
export interface LinkNeed {
  readonly role: LinkRole;
  /** Home Assistant's word for the quantity that the measure must be, such as `temperature`. Absent: any quantity. */
  readonly deviceClass?: string | undefined;
}

/** Marks the options that name other devices, so that the configuration check finds them. */
const linkSchemas = z.registry<LinkNeed>();

/**
 * An option that names another device. The device gets the written text and passes it to `context.measure`, `context.device` or
 * `context.input`.
 */
export function link(description: string, role: LinkRole, { deviceClass }: Pick<LinkNeed, "deviceClass"> = {}) {
  const schema = z
    .string()
    .regex(/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_]+)?$/, {
      error:
        role === "measure"
          ? "names no measure; write a device's id, a point and its measure, such as office-climate.temperature"
          : "names no device; write a device's id, such as office-lamp",
    })
    .describe(description);
  linkSchemas.add(schema, { role, deviceClass });
  return schema;
}

/** A link as it is written in devices.yaml. */
export interface ChosenLink extends LinkNeed {
  /** The option's name. */
  readonly option: string;
  readonly written: string;
  /** The id of the other device. */
  readonly device: string;
  /** The measure's name; undefined where the device alone was written. */
  readonly measure: string | undefined;
}

/** The options of a kind that are links, with what they need. */
export const linkOptions = oncePerKind((options): ReadonlyMap<string, LinkNeed> => {
  const links = new Map<string, LinkNeed>();
  for (const [name, schema] of Object.entries(options)) {
    const inner = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? schema.unwrap() : schema;
    const marked = linkSchemas.get(inner as z.ZodType);
    if (marked !== undefined) links.set(name, marked);
  }
  return links;
});

/** The links that a device has, in the order of its kind's options. */
export function chosenLinks(kind: z.ZodRawShape, options: Readonly<Record<string, unknown>>): readonly ChosenLink[] {
  return [...linkOptions(kind)].flatMap(([option, need]) => {
    const written = options[option];
    return typeof written === "string" ? [{ option, ...need, written, ...partsOf(written) }] : [];
  });
}

/** A link to a measure that is no option of a kind. `option` says where it stands, for people. */
export function measureLink(option: string, written: string): ChosenLink {
  return { option, role: "measure", written, ...partsOf(written) };
}

function partsOf(written: string): Pick<ChosenLink, "device" | "measure"> {
  const [device = "", measure] = written.split(".");
  return { device, measure };
}

/** A number that another device has measured. */
export interface Reading {
  readonly value: number;
  /** When it was read, on the scale of the context's clock. */
  readonly atMs: number;
  /**
   * `suspect`: the next reading failed or was not plausible, so this is the last good one; or a filter has made the number up. `stale`: three readings are overdue. Whoever switches something by a
   * number should use only good ones.
   */
  readonly quality: "good" | "suspect" | "stale";
}

/** A number that another device measures. */
export interface MeasureLink {
  /** The last reading, with its quality as of now. Undefined while the other device is offline or has not measured this number. */
  last(): Reading | undefined;
  /**
   * Calls `tell` with the present reading and with each new one. When there is no reading any more, it is called with undefined, once. The
   * calls come after the other device has published, in a microtask of their own. They end with the device that watches.
   */
  watch(tell: (reading: Reading | undefined) => void): void;
}

/** Another device that says whether it is on. */
export interface InputLink {
  /** Whether it is on. Undefined while it is offline, or if its state does not say so. */
  isOn(): boolean | undefined;
  /**
   * Calls `tell` with the present state and with each new one, and with undefined, once, when the device goes offline. As for {@link
   * MeasureLink.watch}.
   */
  watch(tell: (isOn: boolean | undefined) => void): void;
}

/** Another device to which commands can be given. */
export interface DeviceLink extends InputLink {
  /**
   * Gives the device a command, like a command by MQTT: a word, or an object such as `{ state: "ON", on_time: 60 }`. Throws a {@link
   * import("./refusal.ts").Refusal} if the command is refused at once. A failure that comes later is logged by the other device.
   */
  command(command: unknown): void;
}
