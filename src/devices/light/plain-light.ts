import * as z from "zod";
import type { Device, DeviceContext } from "../../core/device.ts";
import { onOffWord } from "../../core/switching.ts";
import type { LightCommand } from "./light-command.ts";
import type { LightOptions } from "./light-options.ts";
import type { LightState } from "./light-state.ts";

/** Sets up a light that one output switches. */
export async function plainLight(
  { output_pin: pin, initial }: LightOptions,
  { gpio, clock, keep, report }: DeviceContext<LightState>,
): Promise<Device<LightCommand>> {
  if (pin === undefined) throw new Error("a light that is only switched has output_pin");
  const kept = initial === "last" ? keep("on", z.boolean(), false) : undefined;
  const remember = (on: boolean) => {
    if (kept !== undefined && kept.value !== on) kept.set(on, "now");
  };
  let isClaimed = false;
  const output = await gpio.output(pin, {
    onState: (on) => {
      report({ state: onOffWord(on) });
      // A limit has changed it, or somebody else. When the light goes to rest, this timer never comes.
      if (isClaimed) clock.after(0, () => remember(on));
    },
  });
  isClaimed = true;
  if (kept?.value === true) output.set(true, "initial");
  return {
    command({ state }) {
      const on = state === "toggle" ? !output.isOn() : state === "on";
      remember(on);
      output.set(on);
    },
  };
}
