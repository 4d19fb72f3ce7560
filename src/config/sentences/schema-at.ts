import * as z from "zod";
import { isMapping } from "../../yaml/is-mapping.ts";
import type { Path } from "../../yaml/path.ts";

/** A schema, as this file reads it: zod's own types do not say what a schema is made of. */
interface Definition {
  readonly type: string;
  readonly innerType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly valueType?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly items?: readonly z.core.$ZodType[];
}

/** A place below a schema: the forms that a value may have there, and values of examples there. */
export interface SchemaPlace {
  readonly schemas: readonly z.core.$ZodType[];
  readonly examples: readonly unknown[];
}

/** What may stand at this path below a schema, of whose value `example` is one that works. */
export function schemaAt(schema: z.core.$ZodType, example: unknown, path: Path): SchemaPlace {
  return path.reduce<SchemaPlace>(
    ({ schemas, examples }, key) => {
      const forms = schemas.flatMap(formsOf);
      const isFree = forms.some((form) => definitionOf(form).type === "record");
      const below = forms.flatMap((form) => belowOf(form, key) ?? []);
      const own = below.flatMap((one) => (z.globalRegistry.get(one)?.["examples"] as readonly unknown[]) ?? []);
      return { schemas: below, examples: [...examples.flatMap((one) => valuesAt(one, key, isFree)), ...own] };
    },
    { schemas: [schema], examples: [example] },
  );
}

/** The keys of the group that may stand there; none if no group may. */
export function keysAt({ schemas }: SchemaPlace): readonly string[] {
  return [...new Set(schemas.flatMap(formsOf).flatMap((form) => Object.keys(definitionOf(form).shape ?? {})))];
}

function definitionOf(schema: z.core.$ZodType): Definition {
  // zod's own type of it has only what all schemas have; the rest depends on the type that it names.
  return schema._zod.def as unknown as Definition;
}

/** The schema without what only gives a default or changes the value; each of several forms. */
function formsOf(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  const { innerType, options, type, in: before } = definitionOf(schema);
  if (innerType !== undefined) return formsOf(innerType);
  if (type === "pipe" && before !== undefined) return formsOf(before);
  return options === undefined ? [schema] : options.flatMap(formsOf);
}

function belowOf(form: z.core.$ZodType, key: PropertyKey): z.core.$ZodType | undefined {
  const { shape, valueType, element, items } = definitionOf(form);
  return shape?.[String(key)] ?? valueType ?? element ?? items?.[Number(key)];
}

/** The value below a key of an example. Where the keys are the user's own names, the value below each name is an example. */
function valuesAt(example: unknown, key: PropertyKey, isFree: boolean): readonly unknown[] {
  if (Array.isArray(example)) return typeof key === "number" ? example : [];
  if (!isMapping(example)) return [];
  if (Object.hasOwn(example, key)) return [example[String(key)]];
  return isFree ? Object.values(example) : [];
}
