import type { Selector, SelectorRequest } from "../../core/device-gpio.ts";
import type { OutputLine } from "../../core/hardware/gpio.ts";
import type { PinName } from "../../core/hardware/pin-name.ts";
import { type ChosenPin, levelFor } from "../../core/pin.ts";
import { OutputGuard } from "./output-guard.ts";
import { lookAgainAndAgain, type PinPorts } from "./pin-ports.ts";

/** Claims several outputs, all of them off, of which at most one is on at a time. Their rest is off. */
export async function claimSelector<Name extends string>(
  ports: PinPorts,
  pins: Readonly<Record<Name, PinName>>,
  chosenPin: (pin: PinName) => ChosenPin,
  request: SelectorRequest<Name>,
): Promise<Selector<Name>> {
  const selection = new Selection(ports, request);
  // What is added first runs last, when all outputs are at rest.
  ports.onStop(() => selection.leave());
  for (const [name, pin] of Object.entries(pins) as [Name, PinName][]) {
    const chosen = chosenPin(pin);
    const line = await ports.pins.output(pin, { initial: levelFor(false, chosen), keep: false, onError: ports.fail });
    selection.add(name, chosen, line);
    ports.onStop(async () => {
      try {
        selection.rest(name);
      } finally {
        await line.close();
      }
    });
  }
  selection.begin();
  lookAgainAndAgain(ports, () => selection.lookAgain());
  return selection;
}

class Selection<Name extends string> implements Selector<Name> {
  readonly #ports: PinPorts;
  readonly #request: SelectorRequest<Name>;
  readonly #outputs = new Map<Name, { readonly chosen: ChosenPin; readonly line: OutputLine }>();
  /** Undefined until all outputs are claimed. */
  #guard: OutputGuard<Name | undefined> | undefined;
  #selected: Name | undefined;
  #isStopped = false;

  constructor(ports: PinPorts, request: SelectorRequest<Name>) {
    this.#ports = ports;
    this.#request = request;
  }

  get selected(): Name | undefined {
    return this.#selected;
  }

  select(name: Name | undefined, cause?: string): void {
    this.#guard?.ask(name, cause);
  }

  switchOff(cause: string): void {
    this.#guard?.forget();
    if (this.#selected !== undefined) this.#allOff(cause);
  }

  add(name: Name, chosen: ChosenPin, line: OutputLine): void {
    this.#outputs.set(name, { chosen, line });
  }

  /** All outputs are claimed. The claim has just switched off whatever was on before. */
  begin(): void {
    this.#guard = new OutputGuard<Name | undefined>({
      ...this.#ports,
      deadTimeMs: this.#request.deadTimeMs,
      isOn: (name) => name !== undefined,
      off: undefined,
      drive: (name, cause) => this.#drive(name, cause),
    });
    this.#guard.begin(undefined);
    this.#say(undefined, "initial");
  }

  /** Drives one output to its rest, even if others cannot be driven. After that no output is switched on. */
  rest(name: Name): void {
    this.#isStopped = true;
    this.#guard?.forget();
    this.#write(name, false);
    if (this.#selected === name) this.#say(undefined, "on_exit");
  }

  /** All outputs are at rest, as far as they could be driven. */
  leave(): void {
    this.#guard?.leave();
  }

  /**
   * Checks the levels. If somebody else has driven one of the outputs, it is not known what moves, and all are switched off, because that
   * is safe.
   */
  lookAgain(): void {
    const isAsKnown = [...this.#outputs].every(
      ([name, { line, chosen }]) => (line.read() === levelFor(true, chosen)) === (name === this.#selected),
    );
    if (isAsKnown) return;
    this.#guard?.forget();
    this.#allOff("outside");
  }

  #drive(name: Name | undefined, cause: string | undefined): void {
    if (name === this.#selected) return;
    if (this.#selected !== undefined) {
      this.#allOff(cause);
      if (name !== undefined) this.#guard?.ask(name, cause);
    } else if (name !== undefined) this.#switchOn(name, cause);
  }

  #switchOn(name: Name, cause: string | undefined): void {
    if (this.#isStopped) return;
    this.#write(name, true);
    this.#say(name, cause);
  }

  /** Switches all outputs off. Each one is tried, even if another one fails. Throws if one could not be driven. */
  #allOff(cause: string | undefined): void {
    const errors = [...this.#outputs.keys()].flatMap((name) => {
      try {
        this.#write(name, false);
        return [];
      } catch (error) {
        return [error];
      }
    });
    if (errors.length > 0) throw errors[0];
    this.#say(undefined, cause);
  }

  #write(name: Name, on: boolean): void {
    const output = this.#outputs.get(name);
    output?.line.write(levelFor(on, output.chosen));
  }

  #say(name: Name | undefined, cause: string | undefined): void {
    this.#selected = name;
    this.#guard?.seen(name);
    this.#ports.causes.during(cause, () => this.#request.onState(name, cause));
  }
}
