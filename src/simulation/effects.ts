import type { DeviceSettings } from "../core/device-settings.ts";
import { type ChosenLink, chosenLinks } from "../core/link.ts";
import { type ChosenPin, chosenPins } from "../core/pin.ts";
import type { Effect } from "../core/simulation/pretend.ts";
import { driftsOf } from "../core/simulation/pretend.ts";
import type { SimulatedRoom } from "./room.ts";
import { isOutput, type WatchedOutputs } from "./watched-outputs.ts";

/** What the effects of outputs need. */
export interface EffectPorts {
  readonly devices: ReadonlyMap<string, DeviceSettings>;
  readonly outputs: WatchedOutputs;
  readonly room: Pick<SimulatedRoom, "value">;
}

/** Lets the outputs of a device, and those that it links, push the measures that it links, as its kind describes it. */
export function startEffects(device: DeviceSettings, ports: EffectPorts): void {
  for (const effect of device.kind.pretend?.effects ?? []) startEffect(device, effect, ports);
}

function startEffect(device: DeviceSettings, effect: Effect, { devices, outputs, room }: EffectPorts): void {
  const links = chosenLinks(device.kind.options, device.options);
  const measured = links.find(({ option }) => option === effect.measure);
  const value = measured && room.value(measured.device, measured.measure ?? onlyMeasure(devices, measured));
  const pins = outputsOf(device, effect.output, links, devices);
  if (value === undefined || pins.length === 0) return;
  const push = value.pushable(effect.inMs);
  const look = () => push(effect.by * Math.max(...pins.map((pin) => outputs.power(pin))));
  outputs.watch(pins, look);
  look();
}

/** The pin of the device itself, or all outputs of the device that the option links. */
function outputsOf(
  { kind, options }: DeviceSettings,
  output: string,
  links: readonly ChosenLink[],
  devices: EffectPorts["devices"],
): readonly ChosenPin[] {
  const own = chosenPins(kind.options, options).filter(({ option }) => option === output);
  const linked = devices.get(links.find(({ option }) => option === output)?.device ?? "");
  return [...own, ...(linked ? chosenPins(linked.kind.options, linked.options) : [])].filter(isOutput);
}

/** The measure of a device that has only one, which need not be written. */
function onlyMeasure(devices: EffectPorts["devices"], { device }: ChosenLink): string {
  const linked = devices.get(device);
  return Object.keys(driftsOf(linked?.kind.pretend, linked?.options ?? {}))[0] ?? "";
}
