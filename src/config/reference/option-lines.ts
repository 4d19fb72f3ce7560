import * as z from "zod";
import type { DeviceKind } from "../../core/kind.ts";
import { type LinkRole, linkOptions } from "../../core/link.ts";
import { hasLimits, limitOptions } from "../../core/outputs/limits.ts";
import { useOptions } from "../../core/outputs/output-use.ts";
import { type PinOption, pinOptions } from "../../core/pin.ts";
import type { JsonProperty } from "./json-property.ts";

/** One option of a kind, in words. */
export interface OptionLine {
  readonly name: string;
  readonly required: boolean;
  readonly values: string;
  readonly description: string;
}

/** The options of a kind, and the limits and the options about its use that it has, without those that every device or every sensor has. */
export function optionLines({ options, sharedOptions = [] }: DeviceKind): readonly OptionLine[] {
  const own = Object.entries(options).filter(([name]) => !sharedOptions.includes(name));
  return linesOf({ ...Object.fromEntries(own), ...(hasLimits(options) && { ...limitOptions, ...useOptions }) });
}

/** These options in words. */
export function linesOf(options: z.ZodRawShape): readonly OptionLine[] {
  const { properties = {}, required = [] } = z.toJSONSchema(z.object(options), { io: "input" });
  const pins = pinOptions(options);
  const links = linkOptions(options);
  return Object.entries(properties).map(([name, property]) => ({
    name,
    required: required.includes(name),
    values: pinText(pins.get(name)) ?? linkText(links.get(name)?.role) ?? valuesOf(property as JsonProperty),
    description: (property as JsonProperty).description ?? "",
  }));
}

function pinText(option: PinOption | undefined): string | undefined {
  if (option === undefined) return undefined;
  return option.isList ? "a list of pins" : "a pin";
}

function linkText(role: LinkRole | undefined): string | undefined {
  if (role === undefined) return undefined;
  return { measure: "a sensor's id and measure", on_off: "the id of an output", input: "the id of an input" }[role];
}

/** Which values a schema accepts, in words. */
export function valuesOf({ type, enum: words, pattern, anyOf }: JsonProperty): string {
  const several = anyOf ?? (Array.isArray(type) ? type.map((one) => ({ type: one })) : undefined);
  if (several !== undefined) return [...new Set(several.map(valuesOf))].join(" or ");
  if (words !== undefined) return words.join(", ");
  if (type === "boolean") return "true, false";
  if (type === "object") return "a group";
  if (type === "array") return "a list";
  if (type === "string") return pattern?.includes("(ms|s|m|h|d)") ? "a duration" : "text";
  return "a number";
}
