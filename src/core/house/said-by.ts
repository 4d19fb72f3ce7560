import * as z from "zod";
import { type DeviceSettings, measuresOf } from "../device-settings.ts";
import { wordValues } from "./word-in.ts";

type Sayer = Pick<DeviceSettings, "kind" | "options">;

/** The words that a device's state can be, or its value `state` or `value`. Empty: it says no word. Undefined: any word. */
export function saidWords(device: Sayer): readonly string[] | undefined {
  const forms = formsOf(stateOf(device));
  const words = forms.flatMap((form) => {
    if (!(form instanceof z.ZodObject)) return [form];
    return wordValues.flatMap((name) => (form.shape[name] === undefined ? [] : formsOf(form.shape[name])));
  });
  if (words.some((form) => form instanceof z.ZodString)) return undefined;
  return words.flatMap((form) => (form instanceof z.ZodEnum ? form.options.map(String) : []));
}

/** The names of the numbers in a device's state: what it measures, and others such as a position. */
export function saidNumbers(device: Sayer): readonly string[] {
  const others = formsOf(stateOf(device)).flatMap((form) =>
    form instanceof z.ZodObject
      ? Object.entries(form.shape).flatMap(([name, value]) =>
          formsOf(value as z.ZodType).some((one) => one instanceof z.ZodNumber) ? [name] : [],
        )
      : [],
  );
  const measured = Object.entries(measuresOf(device)).flatMap(([name, { flag }]) => (flag ? [] : [name]));
  return [...new Set([...measured, ...others])];
}

/** The names of all values in a device's state. Empty for a device whose state is one word. */
export function saidValues(device: Sayer): readonly string[] {
  const own = formsOf(stateOf(device)).flatMap((form) => (form instanceof z.ZodObject ? Object.keys(form.shape) : []));
  return [...new Set([...Object.keys(measuresOf(device)), ...own])];
}

function stateOf({ kind, options }: Sayer): z.ZodType {
  return kind.said?.(options) ?? kind.state;
}

/** The schema without what only allows null or nothing; each of several forms. */
function formsOf(schema: z.ZodType): readonly z.ZodType[] {
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return formsOf(schema.unwrap() as z.ZodType);
  return schema instanceof z.ZodUnion ? schema.options.flatMap((one) => formsOf(one as z.ZodType)) : [schema];
}
