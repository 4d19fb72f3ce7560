import { explain, UserError } from "../core/errors.ts";
import type { GpioBackend, GpioBank, GpioPorts } from "../core/gpio.ts";
import { withClaims } from "./claims.ts";

/** Opens the backend of that name, or with `auto` the first that works. Rejects with the reasons of all that did not. */
export async function openBank(backends: readonly GpioBackend[], wanted: string, ports: GpioPorts): Promise<GpioBank> {
  const reasons: string[] = [];
  for (const backend of backends) {
    if (wanted === "auto" ? !backend.automatic : backend.name !== wanted) continue;
    try {
      return withClaims(await backend.open(ports));
    } catch (error) {
      reasons.push(`${backend.name}: ${explain(error)}`);
    }
  }
  throw new UserError(`no way to the pins works here (${reasons.join("; ")})`, {
    hint: "run with --simulate to try without hardware",
  });
}
