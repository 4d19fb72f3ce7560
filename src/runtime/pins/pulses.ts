import type { PulseRequest, Pulses } from "../../core/device-gpio.ts";
import { type ChosenPin, dutyFor } from "../../core/pin.ts";
import { OutputGuard } from "./output-guard.ts";
import type { PinPorts } from "./pin-ports.ts";

/** Claims a pulse train at its initial power. Leaves it at its rest when the device stops. */
export async function claimPulses(ports: PinPorts, chosen: ChosenPin, request: PulseRequest): Promise<Pulses> {
  const { frequencyHz, onPower } = request;
  const { pin, initial, rest } = chosen;
  const { limits, interlock, causes } = ports;
  const mustWait = initial === "on" && (limits.minOffMs !== undefined || interlock !== undefined);
  const atFirst = initial === "on" && !mustWait ? 1 : 0;
  const line = await ports.pins.pwm(pin, { frequencyHz, duty: dutyFor(atFirst, chosen), onError: ports.fail });
  const drive = (power: number, cause: string | undefined) => {
    line.write(dutyFor(power, chosen));
    guard.seen(power);
    causes.during(cause, () => onPower(power));
  };
  const guard = new OutputGuard({ ...ports, isOn: (power: number) => power > 0, off: 0, drive });
  ports.onStop(async () => {
    try {
      if (rest !== "keep") drive(rest === "on" ? 1 : 0, "on_exit");
    } finally {
      guard.leave();
      await line.close();
    }
  });
  guard.begin(atFirst);
  causes.during("initial", () => onPower(atFirst));
  if (mustWait) guard.ask(1, "initial", true);
  return { set: (power, cause) => guard.ask(power, cause) };
}
