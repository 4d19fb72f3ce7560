import type {
  ContactRequest,
  CountRequest,
  DeviceGpio,
  PulseGroup,
  PulseGroupRequest,
  PulseRequest,
  Pulses,
  Selector,
  SelectorRequest,
  Switch,
  SwitchRequest,
  TogetherRequest,
} from "../../core/device-gpio.ts";
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
export class DevicePins implements DeviceGpio {
  readonly #ports: PinPorts;

  constructor(ports: PinPorts) {
    this.#ports = ports;
  }

  async output(pin: PinName, request: SwitchRequest): Promise<Switch> {
    return claimOutput(this.#ports, this.#chosen(pin), request);
  }

  async selector<Name extends string>(
    pins: Readonly<Record<Name, PinName>>,
    request: SelectorRequest<Name>,
  ): Promise<Selector<Name>> {
    return claimSelector(this.#ports, pins, (pin) => this.#chosen(pin), request);
  }

  async input(pin: PinName, request: ContactRequest): Promise<void> {
    return claimContact(this.#ports, this.#chosen(pin), request);
  }

  async inputs<Name extends string>(
    pins: Readonly<Record<Name, PinName>>,
    request: TogetherRequest<Name>,
  ): Promise<void> {
    const chosen = Object.entries<PinName>(pins).map(([name, pin]) => [name, this.#chosen(pin)]);
    return claimTogether(this.#ports, Object.fromEntries(chosen) as Record<Name, ChosenPin>, request);
  }

  async count(pin: PinName, request: CountRequest): Promise<void> {
    return claimCount(this.#ports, this.#chosen(pin), request);
  }

  async pwm(pin: PinName, request: PulseRequest): Promise<Pulses> {
    return claimPulses(this.#ports, this.#chosen(pin), request);
  }

  async pwmGroup<Name extends string>(
    pins: Readonly<Record<Name, PinName>>,
    request: PulseGroupRequest<Name>,
  ): Promise<PulseGroup<Name>> {
    return claimPulseGroup(this.#ports, pins, (pin) => this.#chosen(pin), request);
  }

  #chosen(pin: PinName): ChosenPin {
    const found = this.#ports.chosen.find((one) => one.pin === pin);
    // safe-state finds pins by their options. A pin that it cannot find it could not bring to rest.
    if (found === undefined) throw new Error(`no option that was made with pin() names pin ${pin}`);
    return found;
  }
}
