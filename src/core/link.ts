import * as z from "zod";
import { oncePerKind } from "./once-per-kind.ts";

/**
 * What a device wants of another one of this agent: a number that it measures (`office-climate.temperature`, or the device's id where
 * it has one measure only), or something that can be switched on and off.
 */
export type LinkRole = "measure" | "on_off";

/** Marks the options that name other devices, so that every such name is checked. */
const linkSchemas = z.registry<{ role: LinkRole }>();

/** An option that names another device. The device gets the text, which its context makes a link of. */
export function link(description: string, role: LinkRole) {
  const schema = z
    .string()
    .regex(/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_]+)?$/, {
      error:
        role === "measure"
          ? "names no measure; write a device's id, a point and its measure, such as office-climate.temperature"
          : "names no device; write a device's id, such as office-lamp",
    })
    .describe(description);
  linkSchemas.add(schema, { role });
  return schema;
}

/** A link as its owner wrote it. */
export interface ChosenLink {
  /** The option's name. */
  readonly option: string;
  readonly role: LinkRole;
  readonly written: string;
  /** The id of the other device. */
  readonly device: string;
  /** The measure's name; undefined where the device alone was written. */
  readonly measure: string | undefined;
}

/** The options that are links, with their roles. */
export const linkOptions = oncePerKind((options): ReadonlyMap<string, LinkRole> => {
  const links = new Map<string, LinkRole>();
  for (const [name, schema] of Object.entries(options)) {
    const inner = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? schema.unwrap() : schema;
    const marked = linkSchemas.get(inner as z.ZodType);
    if (marked !== undefined) links.set(name, marked.role);
  }
  return links;
});

/** The links that a device has, in the order of its kind's options. */
export function chosenLinks(kind: z.ZodRawShape, options: Readonly<Record<string, unknown>>): readonly ChosenLink[] {
  return [...linkOptions(kind)].flatMap(([option, role]) => {
    const written = options[option];
    return typeof written === "string" ? [{ option, role, written, ...partsOf(written) }] : [];
  });
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
   * `suspect`: the reading after it failed, and this is still the last good one. `stale`: three readings are overdue. Whoever switches
   * something by a number does so by good ones only.
   */
  readonly quality: "good" | "suspect" | "stale";
}

/** A number of another device. */
export interface MeasureLink {
  /** The last reading, judged now; undefined while the other device is offline or has not measured it. */
  last(): Reading | undefined;
  /**
   * Tells of each reading, the present one first, and of undefined once when there is none any more. Always after the turn in which it
   * was published; ends with the device that watches.
   */
  watch(tell: (reading: Reading | undefined) => void): void;
}

/** Another device that can be ordered. */
export interface DeviceLink {
  /** Whether it is on; undefined while it is offline or does not say. */
  isOn(): boolean | undefined;
  /** Tells of each state, the present one first, and of undefined once when it goes offline. As for {@link MeasureLink.watch}. */
  watch(tell: (isOn: boolean | undefined) => void): void;
  /**
   * Gives it a command, as somebody would by MQTT: a word, or an object such as `{ state: "ON", on_time: 60 }`. What is refused at once
   * throws a {@link import("./refusal.ts").Refusal}; a device that takes its time tells of its failure itself.
   */
  command(command: unknown): void;
}
