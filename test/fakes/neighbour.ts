import { z } from "zod";
import { type DeviceLink, link } from "../../src/core/link.ts";
import { unlessRefused } from "../../src/core/refusal.ts";
import { probe } from "./probe.ts";

/** A kind, `neighbour`, whose devices command the device that their option `target` names, when a test says so; also without a broker. */
export function neighbours() {
  const targets = new Map<string, DeviceLink>();
  const kind = probe({
    kind: "neighbour",
    options: { target: link("What it commands.", "on_off") },
    command: undefined as never,
    state: z.unknown(),
    setup: async (options, context) => {
      const { target } = options as unknown as { readonly target: string };
      targets.set(target, context.device(target));
      return {};
    },
  });
  return {
    kind,
    /** Gives a command to a device. Returns whether it was accepted. */
    command(target: string, command: string): boolean {
      let isAccepted = true;
      unlessRefused(
        () => targets.get(target)?.command(command),
        () => {
          isAccepted = false;
        },
      );
      return isAccepted;
    },
  };
}
