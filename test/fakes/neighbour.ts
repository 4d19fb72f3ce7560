import { z } from "zod";
import type { DeviceLink } from "../../src/core/link.ts";
import { link } from "../../src/core/link.ts";
import { probe } from "./probe.ts";

/** A kind, `neighbour`, whose device commands the device that its option `target` names, when a test says so; also without a broker. */
export function neighbour() {
  let target: DeviceLink | undefined;
  const kind = probe({
    kind: "neighbour",
    options: { target: link("What it commands.", "on_off") },
    command: undefined as never,
    state: z.unknown(),
    setup: async (options, context) => {
      target = context.device(String((options as Record<string, unknown>)["target"]));
      return {};
    },
  });
  return { kind, command: (command: string) => target?.command(command) };
}
