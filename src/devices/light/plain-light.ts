import type { Device, DeviceContext } from "../../core/device.ts";
import { onOffWord } from "../../core/switching.ts";
import type { LightCommand } from "./light-command.ts";
import type { LightOptions } from "./light-options.ts";
import type { LightState } from "./light-state.ts";

/** Sets up a light that one output switches. */
export async function plainLight(
  { output_pin: pin }: LightOptions,
  { gpio, report }: DeviceContext<LightState>,
): Promise<Device<LightCommand>> {
  if (pin === undefined) throw new Error("a light that is only switched has output_pin");
  const output = await gpio.output(pin, { onState: (on) => report({ state: onOffWord(on) }) });
  return {
    command({ state }) {
      output.set(state === "toggle" ? !output.isOn() : state === "on");
    },
  };
}
