import { kindList, kindPage } from "../../config/reference.ts";
import { UserError } from "../../core/errors.ts";
import { kindNames, loadKinds } from "../../kinds.ts";
import { didYouMean } from "../../yaml/suggest.ts";
import type { AddCommand } from "../outcome.ts";
import { print } from "../output.ts";

/** `kinds`: lists the kinds of devices, or shows one with its options. */
export const addKindsCommand: AddCommand = (program) => {
  program
    .command("kinds")
    .description("list the kinds of devices, or show one with its options")
    .argument("[kind]", "the kind")
    .action(async (name?: string) => {
      const kinds = await loadKinds();
      const kind = kinds.find((candidate) => candidate.kind === name);
      if (kind === undefined && name !== undefined)
        throw new UserError(
          `there is no kind "${name}"${didYouMean(name, kindNames) || `; there are ${kindNames.join(", ")}`}`,
        );
      await print(kind === undefined ? kindList(kinds) : kindPage(kind));
    });
};
