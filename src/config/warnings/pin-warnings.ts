import { audioPwm, type Firmware } from "../../core/hardware/firmware.ts";
import { powerOnPull, pulledUpByBoard } from "../../core/hardware/header.ts";
import { type ChosenPin, chosenPins } from "../../core/pin.ts";
import type { SourceDocument } from "../../yaml/document.ts";
import type { Problem } from "../../yaml/problem.ts";
import type { KnownDevice } from "../checks/checked-device.ts";

/** Warns of pins that work, but not as their owner may expect. */
export function pinWarnings(
  devices: readonly KnownDevice[],
  firmware: Firmware | undefined,
  source: SourceDocument,
): Problem[] {
  return devices.flatMap(({ id, kind, options }) =>
    chosenPins(kind.options, options).flatMap((chosen) => {
      const path = ["devices", id, ...chosen.path];
      const sentences = [...bootWarning(chosen, firmware), ...interfaceWarnings(chosen, firmware)];
      return sentences.map((sentence) => ({ path: path.join("."), place: source.placeOfValue(path), sentence }));
    }),
  );
}

/** From power-on until the agent starts, the pin is held only by the chip's own pull (BCM2835 ARM Peripherals, p. 102). */
function bootWarning({ pin, role, activeLow }: ChosenPin, firmware: Firmware | undefined): string[] {
  if (typeof pin !== "number" || (role !== "output" && role !== "pwm") || firmware?.driven.has(pin)) return [];
  const pull = powerOnPull(pin);
  if ((pull === "up") === activeLow) return [];
  const [level, better, drive] = activeLow ? ["low", "GPIO2 to GPIO8", "dh"] : ["high", "GPIO9 to GPIO27", "dl"];
  const resistor = pulledUpByBoard.includes(pin) ? "" : " and a 10 kΩ resistor";
  return [
    `pin ${pin} is pulled ${level} while the Pi boots, which switches this device on; choose one of ${better}, or add "gpio=${pin}=op,${drive}" to config.txt${resistor}`,
  ];
}

function interfaceWarnings({ pin, role }: ChosenPin, firmware: Firmware | undefined): string[] {
  if (typeof pin !== "number") return [];
  const meets = firmware?.interfaces.filter(({ name, pins }) => {
    if (!pins.includes(pin)) return false;
    // A driver's pin is used by that driver. The name of the driver's overlay in config.txt is not known here.
    if (role === "driver") return !name.startsWith("the overlay ");
    return name !== audioPwm || role === "pwm";
  });
  return (meets ?? []).map(
    ({ name, line }) =>
      `pin ${pin} is used by ${name}, as "${line}" in config.txt says; choose another pin, or remove that line and reboot`,
  );
}
