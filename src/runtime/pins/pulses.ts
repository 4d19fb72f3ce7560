import type { PulseRequest, Pulses } from "../../core/device-gpio.ts";
import { type ChosenPin, dutyFor } from "../../core/pin.ts";
import type { PinPorts } from "./pin-ports.ts";

/** Claims a pulse train at its initial power, and leaves it at its rest when the device stops. */
export async function claimPulses(ports: PinPorts, chosen: ChosenPin, request: PulseRequest): Promise<Pulses> {
  const { frequencyHz, onPower } = request;
  const { pin, initial, rest } = chosen;
  const atFirst = initial === "on" ? 1 : 0;
  const duty = dutyFor(atFirst, chosen);
  const line = await ports.pins.pwm(pin, { frequencyHz, duty, onError: ports.fail });
  const say = (power: number, cause: string | undefined) => ports.causes.during(cause, () => onPower(power));
  const set = (power: number, cause?: string) => {
    line.write(dutyFor(power, chosen));
    say(power, cause);
  };
  ports.onStop(async () => {
    try {
      if (rest !== "keep") set(rest === "on" ? 1 : 0, "on_exit");
    } finally {
      await line.close();
    }
  });
  say(atFirst, "initial");
  return { set };
}
