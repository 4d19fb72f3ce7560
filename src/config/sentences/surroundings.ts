import type * as z from "zod";
import type { Path } from "../../yaml/path.ts";
import { type SchemaPlace, schemaAt } from "./schema-at.ts";

/** What is allowed below one key. It is needed to explain misspelt and missing keys. */
export interface Surroundings {
  /** The path of the checked value. */
  readonly path: Path;
  /** What it is, for a sentence such as "there is no option "pni" for a relay". */
  readonly called: string;
  readonly knownKeys: readonly string[];
  /** Example values by key. They are valid. */
  readonly example: Readonly<Record<string, unknown>>;
  /** The schema of the checked value, from which the keys of groups below it are known. */
  readonly schema?: z.core.$ZodType;
  /** What to do with a key that is not known, as a clause after a sentence; "" where nothing special is known of it. */
  adviceOn?(key: string): string;
}

/** What may stand at a path from the beginning of the file. */
export function placeIn({ path: above, schema, example }: Surroundings, path: Path): SchemaPlace {
  const below = path.slice(above.length);
  if (schema !== undefined) return schemaAt(schema, example, below);
  const [key, ...others] = below;
  return { schemas: [], examples: key === undefined || others.length > 0 ? [] : [example[String(key)]] };
}
