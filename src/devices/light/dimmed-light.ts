import type { Device, DeviceContext } from "../../core/device.ts";
import { channelsOf } from "./channels.ts";
import type { LightCommand } from "./light-command.ts";
import { LightDrive } from "./light-drive.ts";
import { lightMemory } from "./light-memory.ts";
import { type LightTraits, pinsOfMode } from "./light-mode.ts";
import { type LightOptions, usual } from "./light-options.ts";
import { LightPins } from "./light-pins.ts";
import { type LightState, stateOf } from "./light-state.ts";
import { dark } from "./look.ts";

/** Sets up a light that is dimmed by one pulse train or by several. */
export async function dimmedLight(
  traits: LightTraits,
  options: LightOptions,
  context: DeviceContext<LightState>,
): Promise<Device<LightCommand>> {
  const { frequency = usual.frequency, default_transition = usual.default_transition, initial } = options;
  const memory = lightMemory(traits, initial, context.keep);
  const names = pinsOfMode[traits.mode];
  const pins = new LightPins(names, channelsOf(traits, options), memory.look);
  const drive = new LightDrive({
    clock: context.clock,
    pins,
    memory,
    usualTransitionMs: default_transition,
    stateOf: (isOn, look, effect) => stateOf(traits.mode, isOn, look, effect),
    report: context.report,
  });
  const numbers = Object.fromEntries(
    names.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
  );
  const group = await context.gpio.pwmGroup(numbers, {
    frequencyHz: frequency,
    initial: pins.powersOf(memory.isOn ? memory.look : dark(memory.look)),
    onPowers: (_powers, isOn, cause) => drive.onDriven(isOn, cause),
  });
  pins.begin(group);
  return { command: (command) => drive.command(command) };
}
