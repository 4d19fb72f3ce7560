import { wrapped } from "../../core/text/wrapped.ts";
import { discover } from "../../discover/discover.ts";
import { foundText } from "../../discover/lines.ts";
import { withLookPorts } from "../look-ports.ts";
import type { AddCommand } from "../outcome.ts";
import { print, terminalColumns } from "../output.ts";

/** Lines of devices have another indent: they can be copied. */
const isProse = (line: string) => /^# {3,}/.test(line);

/** `discover`: shows what is connected, with the lines for devices.yaml. It changes nothing and needs no configuration. */
export const addDiscoverCommand: AddCommand = (program) => {
  program
    .command("discover")
    .description("look at what is connected, and print the lines for devices.yaml")
    .option("--json", "print it for a program")
    .action(async ({ json }: { json?: boolean }) => {
      const places = await withLookPorts(discover);
      await print(
        json ? `${JSON.stringify(places, null, 2)}\n` : wrapped(foundText(places), terminalColumns(), isProse),
      );
    });
};
