import { UserError } from "../../core/errors.ts";
import { wrapped } from "../../core/text/wrapped.ts";
import { kindNames, loadKinds } from "../../kinds.ts";
import { didYouMean } from "../../yaml/suggest.ts";
import type { AddCommand } from "../outcome.ts";
import { print, terminalColumns } from "../output.ts";

/** What comes behind it can be copied. */
const exampleTitle = "\nExample:\n";

/** `kinds`: lists the kinds of devices, shows one with its options, or lists those that are about a word. */
export const addKindsCommand: AddCommand = (program) => {
  program
    .command("kinds")
    .description("list the kinds of devices, show one with its options, or find those for a word")
    .argument("[kind]", "the kind, or a word such as GY-BME280, soil or CO2")
    .action(async (name?: string) => {
      const { kindList, kindPage, kindsAbout } = await import("../../config/reference.ts");
      const kinds = await loadKinds();
      const kind = kinds.find((candidate) => candidate.kind === name);
      const about = name === undefined ? kinds : kindsAbout(name, kinds);
      if (kind === undefined && name !== undefined && about.length === 0)
        throw new UserError(
          `there is no kind "${name}"${didYouMean(name, kindNames) || ', and none is for that word; "pi2mqtt kinds" lists all'}`,
        );
      const [words = "", ...example] = (kind === undefined ? kindList(about) : kindPage(kind)).split(exampleTitle);
      await print([wrapped(words, terminalColumns()), ...example].join(exampleTitle));
    });
};
