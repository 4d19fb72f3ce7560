import type { Switch, SwitchRequest } from "../../core/device-gpio.ts";
import { type ChosenPin, levelFor } from "../../core/pin.ts";
import { lookAgainAndAgain, type PinPorts } from "./pin-ports.ts";

/** Claims an output at its initial level, and drives it to its rest when the device stops. */
export async function claimOutput(ports: PinPorts, chosen: ChosenPin, { onState }: SwitchRequest): Promise<Switch> {
  const { pin, initial, rest } = chosen;
  const line = await ports.pins.output(pin, {
    initial: levelFor(initial === "on", chosen),
    keep: initial === "keep",
    onError: ports.fail,
  });
  let known: boolean | undefined;
  const isOn = () => line.read() === levelFor(true, chosen);
  const say = (on: boolean, cause: string | undefined) => {
    known = on;
    ports.causes.during(cause, () => onState(on));
  };
  const set = (on: boolean, cause?: string) => {
    line.write(levelFor(on, chosen));
    say(on, cause);
  };
  ports.onStop(async () => {
    try {
      if (rest !== "keep") set(rest === "on", "on_exit");
    } finally {
      await line.close();
    }
  });
  say(isOn(), "initial");
  lookAgainAndAgain(ports, () => {
    const on = isOn();
    if (on !== known) say(on, "outside");
  });
  return { isOn, set };
}
