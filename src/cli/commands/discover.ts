import { discover } from "../../discover/discover.ts";
import { foundText } from "../../discover/lines.ts";
import { withLookPorts } from "../look-ports.ts";
import type { AddCommand } from "../outcome.ts";
import { print } from "../output.ts";

/** `discover`: shows what is connected, with the lines for devices.yaml. It changes nothing and needs no configuration. */
export const addDiscoverCommand: AddCommand = (program) => {
  program
    .command("discover")
    .description("look at what is connected, and print the lines for devices.yaml")
    .option("--json", "print it for a program")
    .action(async ({ json }: { json?: boolean }) => {
      const places = await withLookPorts(discover);
      await print(json ? `${JSON.stringify(places, null, 2)}\n` : foundText(places));
    });
};
