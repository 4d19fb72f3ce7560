import type { Cancel } from "../../core/clock.ts";
import type { Selector, SelectorRequest } from "../../core/device-gpio.ts";
import type { OutputLine } from "../../core/gpio.ts";
import { type ChosenPin, levelFor } from "../../core/pin.ts";
import { lookAgainAndAgain, type PinPorts } from "./pin-ports.ts";

interface Output {
  readonly line: OutputLine;
  readonly chosen: ChosenPin;
}

/** Claims several outputs, all of them off, and sees to it that never two are on. At rest all of them are off. */
export async function claimSelector<Name extends string>(
  ports: PinPorts,
  pins: Readonly<Record<Name, number>>,
  chosenPin: (pin: number) => ChosenPin,
  { deadTimeMs, onState }: SelectorRequest<Name>,
): Promise<Selector<Name>> {
  const { clock, causes } = ports;
  const outputs = new Map<Name, Output>();
  let selected: Name | undefined;
  let isStopped = false;
  let cancelWait: Cancel = () => {};
  const write = ({ line, chosen }: Output, on: boolean) => line.write(levelFor(on, chosen));
  const say = (name: Name | undefined, cause: string | undefined) => {
    selected = name;
    causes.during(cause, () => onState(name));
  };
  /** Each output is tried, whatever becomes of the others. */
  const allOff = () => {
    const errors = [...outputs.values()].flatMap((output) => {
      try {
        write(output, false);
        return [];
      } catch (error) {
        return [error];
      }
    });
    if (errors.length > 0) throw errors[0];
  };

  for (const [name, pin] of Object.entries(pins) as [Name, number][]) {
    const chosen = chosenPin(pin);
    const request = { initial: levelFor(false, chosen), keep: false, onError: ports.fail };
    const output = { chosen, line: await ports.pins.output(pin, request) };
    outputs.set(name, output);
    ports.onStop(async () => {
      isStopped = true;
      try {
        write(output, false);
        if (selected === name) say(undefined, "on_exit");
      } finally {
        await output.line.close();
      }
    });
  }
  // Whatever was on before the claim has just been switched off by it.
  let offSinceMs = clock.monotonicMs();
  say(undefined, "initial");

  const switchOn = (name: Name, cause: string | undefined) => {
    if (isStopped) return;
    write(outputs.get(name) as Output, true);
    say(name, cause);
  };
  const switchOff = (cause: string | undefined) => {
    cancelWait();
    if (selected === undefined) return;
    allOff();
    offSinceMs = clock.monotonicMs();
    say(undefined, cause);
  };
  lookAgainAndAgain(ports, () => {
    const isAsKnown = ([name, { line, chosen }]: [Name, Output]) =>
      (line.read() === levelFor(true, chosen)) === (name === selected);
    if ([...outputs].every(isAsKnown)) return;
    // Somebody else drove one of them. Nobody knows what is moving now; all off is what cannot do harm.
    cancelWait();
    allOff();
    offSinceMs = clock.monotonicMs();
    say(undefined, "outside");
  });
  return {
    get selected() {
      return selected;
    },
    select(name, cause) {
      cancelWait();
      if (name === selected) return;
      switchOff(cause);
      if (name === undefined) return;
      const waitMs = offSinceMs + deadTimeMs - clock.monotonicMs();
      if (waitMs <= 0) switchOn(name, cause);
      else cancelWait = clock.after(waitMs, () => switchOn(name, cause ?? "dead_time"));
    },
  };
}
