import type { PulseRequest, Pulses } from "../../core/device-gpio.ts";
import type { ChosenPin } from "../../core/pin.ts";
import type { PinPorts } from "./pin-ports.ts";
import { claimPulseGroup } from "./pulse-group.ts";

/** Claims a pulse train at its initial power. Leaves it at its rest when the device stops. */
export async function claimPulses(ports: PinPorts, chosen: ChosenPin, request: PulseRequest): Promise<Pulses> {
  const { frequencyHz, onPower } = request;
  const group = await claimPulseGroup(ports, { power: chosen.pin }, () => chosen, {
    frequencyHz,
    initial: { power: chosen.initial === "on" ? 1 : 0 },
    onPowers: ({ power }) => onPower(power),
  });
  return { set: (power, cause) => group.set({ power }, cause) };
}
