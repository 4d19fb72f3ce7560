import { backends } from "../../gpio/index.ts";
import { loadKinds } from "../../kinds.ts";
import type { AddCommand } from "../outcome.ts";
import { print } from "../output.ts";

/** `schema`: prints the JSON Schema of devices.yaml, for editors. */
export const addSchemaCommand: AddCommand = (program) => {
  program
    .command("schema")
    .description("print the JSON Schema of devices.yaml, for editors")
    .action(async () => {
      const { editorSchema } = await import("../../config/reference.ts");
      const backendNames = backends.map(({ name }) => name);
      await print(editorSchema(await loadKinds(), backendNames));
    });
};
