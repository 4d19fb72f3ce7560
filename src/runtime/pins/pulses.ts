import type { PulseRequest, Pulses } from "../../core/device-gpio.ts";
import { type ChosenPin, dutyFor } from "../../core/pin.ts";
import { OutputGuard } from "./output-guard.ts";
import type { PinPorts } from "./pin-ports.ts";

/** Claims a pulse train at its initial power. Leaves it at its rest when the device stops. */
export async function claimPulses(ports: PinPorts, chosen: ChosenPin, request: PulseRequest): Promise<Pulses> {
  const { frequencyHz, onPower } = request;
  const { pin, initial, rest } = chosen;
  const { limits, clock, causes, waits } = ports;
  const mustWait = initial === "on" && limits.minOffMs !== undefined;
  const atFirst = initial === "on" && !mustWait ? 1 : 0;
  const line = await ports.pins.pwm(pin, { frequencyHz, duty: dutyFor(atFirst, chosen), onError: ports.fail });
  const drive = (power: number, cause: string | undefined) => {
    line.write(dutyFor(power, chosen));
    guard.seen(power);
    causes.during(cause, () => onPower(power));
  };
  const onWait = (limit: string, ms: number) => waits.note(limit, ms);
  const guard = new OutputGuard({ limits, clock, isOn: (power) => power > 0, off: 0, drive, onWait });
  ports.onStop(async () => {
    try {
      if (rest !== "keep") drive(rest === "on" ? 1 : 0, "on_exit");
    } finally {
      await line.close();
    }
  });
  guard.begin(atFirst);
  causes.during("initial", () => onPower(atFirst));
  if (mustWait) guard.ask(1, "initial");
  return { set: (power, cause) => guard.ask(power, cause) };
}
