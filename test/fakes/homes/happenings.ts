import fc from "fast-check";
import type { Lives } from "./lives.ts";

/** What can happen to a house with a device "it": a command to it, time, and trouble with the program, the pins or the broker. */
export type Happening =
  | { readonly send: string; readonly topic?: string }
  | { readonly pass: number }
  | { readonly does: "kill" | "restart" | "break" | "mend" | "lose" | "meet" };

const troubles = ["kill", "restart", "break", "mend", "mend", "lose", "meet"] as const;

/** Trouble of any sort. What is broken is mended twice as often, so that something works now and then. */
export const trouble: fc.Arbitrary<Happening> = fc.constantFrom(...troubles).map((does): Happening => ({ does }));

/** Lets something happen to a house. */
export async function happens(home: Lives, what: Happening): Promise<void> {
  if ("send" in what) home.bus.receive(what.topic ?? "it", what.send);
  else if ("pass" in what) await home.pass(what.pass);
  else if (what.does === "break" || what.does === "mend") home.areBroken = what.does === "break";
  else if (what.does === "lose") home.bus.disconnect({ forget: true });
  else if (what.does === "meet") home.bus.connect();
  else if (what.does === "kill") await home.kill();
  else await home.restart();
}
