import * as z from "zod";
import type { DeviceKind } from "../../core/kind.ts";
import { rulesSchema } from "../rules/rules-schema.ts";
import { configSchemas, idPattern } from "./config-schemas.ts";

/** The schema of the whole file, for editors. The check of a file does not use it: it checks each device and each rule by itself. */
export function editorSchemaOf(kinds: readonly DeviceKind[], backendNames: readonly string[]) {
  const { sections, kinds: ofKinds } = configSchemas(kinds, backendNames);
  return z.strictObject({
    ...sections,
    devices: z
      .record(z.string().regex(idPattern), z.discriminatedUnion("kind", ofKinds as never))
      .describe("The devices, each below an id of its own."),
    rules: rulesSchema,
  });
}
