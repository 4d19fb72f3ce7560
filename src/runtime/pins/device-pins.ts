import type { DeviceGpio } from "../../core/device-gpio.ts";
import type { PinName } from "../../core/hardware/pin-name.ts";
import type { ChosenPin } from "../../core/pin.ts";
import { claimContact } from "./contact.ts";
import { claimCount } from "./count.ts";
import { claimOutput } from "./output.ts";
import type { PinPorts } from "./pin-ports.ts";
import { claimPulseGroup } from "./pulse-group.ts";
import { claimPulses } from "./pulses.ts";
import { claimSelector } from "./selector.ts";
import { claimTogether } from "./together.ts";

/**
 * The pins of a device on top of physical levels. Polarity, start, rest, limits and debouncing are done here once, for all backends and
 * kinds.
 */
export function devicePins(ports: PinPorts): DeviceGpio {
  const chosen = (pin: PinName) => {
    const found = ports.chosen.find((one) => one.pin === pin);
    // safe-state finds pins by their options. A pin that it cannot find it could not bring to rest.
    if (found === undefined) throw new Error(`no option that was made with pin() names pin ${pin}`);
    return found;
  };
  const chosenOf = <Name extends string>(pins: Readonly<Record<Name, ChosenPin["pin"]>>) => {
    const found = Object.entries<ChosenPin["pin"]>(pins).map(([name, pin]) => [name, chosen(pin)]);
    return Object.fromEntries(found) as Record<Name, ChosenPin>;
  };
  return {
    output: async (pin, request) => claimOutput(ports, chosen(pin), request),
    selector: async (pins, request) => claimSelector(ports, pins, chosen, request),
    input: async (pin, request) => claimContact(ports, chosen(pin), request),
    inputs: async (pins, request) => claimTogether(ports, chosenOf(pins), request),
    count: async (pin, request) => claimCount(ports, chosen(pin), request),
    pwm: async (pin, request) => claimPulses(ports, chosen(pin), request),
    pwmGroup: async (pins, request) => claimPulseGroup(ports, pins, chosen, request),
  };
}
