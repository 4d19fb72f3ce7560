import type { ContactRequest } from "../../core/device-gpio.ts";
import type { InputLine } from "../../core/hardware/gpio.ts";
import { type ChosenPin, levelFor } from "../../core/pin.ts";
import type { Cancel } from "../../core/time/clock.ts";
import { lookAgainAndAgain, type PinPorts } from "./pin-ports.ts";

/** Claims an input, and reports each level that has been steady for long enough. */
export async function claimContact(ports: PinPorts, chosen: ChosenPin, request: ContactRequest): Promise<void> {
  const { debounceMs, onState } = request;
  let line: InputLine | undefined;
  let known: boolean | undefined;
  let settling: Cancel | undefined;
  const isActive = (one: InputLine) => one.read() === levelFor(true, chosen);
  const look = () => {
    settling = undefined;
    if (line === undefined) return;
    const active = isActive(line);
    if (active === known) return;
    known = active;
    onState(active);
  };
  const settle = () => {
    settling?.();
    if (debounceMs === 0 || line?.debounced) look();
    else settling = ports.clock.after(debounceMs, look);
  };
  const onEdge = () => {
    try {
      settle();
    } catch (error) {
      ports.fail(error as Error);
    }
  };

  line = await ports.pins.input(chosen.pin, { pull: chosen.pull, debounceMs, onEdge, onError: ports.fail });
  const claimed = line;
  ports.onStop(() => claimed.close());
  look();
  lookAgainAndAgain(ports, () => {
    if (settling === undefined && isActive(claimed) !== known) settle();
  });
}
