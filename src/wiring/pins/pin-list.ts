import type { DeviceSettings } from "../../core/device-settings.ts";
import type { Paint } from "../terminal/terminal-colours.ts";
import { pinState } from "./pin-state.ts";
import { cut, type PlacedPin, pinName, pinOwner, placedPins } from "./placed-pin.ts";
import type { SeenLines } from "./seen-lines.ts";

/** One line for each pin of each device, in the order of devices.yaml, and one for each device without pins. */
export function pinList(devices: readonly DeviceSettings[], seen: SeenLines, paint: Paint): string[] {
  const kindWidth = Math.min(Math.max(0, ...devices.map(({ kind }) => kind.kind.length)), 17);
  const start = (owner: string, kind: string) =>
    ` ${paint("device", owner)}${" ".repeat(20 - owner.length)}  ${cut(kind, kindWidth).padEnd(kindWidth)}`;
  return devices.flatMap((device) => {
    const pins = placedPins([device]);
    if (pins.length === 0) return [`${start(cut(device.id, 20), device.kind.kind)}  no pin`];
    return pins.map((pin) => `${start(cut(pinOwner(pin), 20), device.kind.kind)}  ${end(pin, seen, paint)}`);
  });
}

/** 39 of the 80 columns are left if the kind's name is as long as allowed. */
function end(pin: PlacedPin, seen: SeenLines, paint: Paint): string {
  const { word, reason, colour } = pinState(pin, seen.lines.get(pin.pin));
  return `${cut(pinName(pin), 11).padEnd(11)}  ${paint(colour, word)}${" ".repeat(5 - word.length)}  ${cut(reason, 19)}`;
}
