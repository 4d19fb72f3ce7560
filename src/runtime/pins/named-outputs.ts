import type { OutputLine } from "../../core/hardware/gpio.ts";
import { type ChosenPin, levelFor } from "../../core/pin.ts";

/** Several outputs by their names. */
export class NamedOutputs<Name extends string> {
  readonly #outputs = new Map<Name, { readonly chosen: ChosenPin; readonly line: OutputLine }>();

  add(name: Name, chosen: ChosenPin, line: OutputLine): void {
    this.#outputs.set(name, { chosen, line });
  }

  /** Drives one of them. Throws if it could not be driven. */
  write(name: Name, on: boolean): void {
    const output = this.#outputs.get(name);
    output?.line.write(levelFor(on, output.chosen));
  }

  /** Switches all of them off. Each one is tried, even if another one fails. Throws if one could not be driven. */
  writeAllOff(): void {
    const errors = [...this.#outputs.keys()].flatMap((name) => {
      try {
        this.write(name, false);
        return [];
      } catch (error) {
        return [error];
      }
    });
    if (errors.length > 0) throw errors[0];
  }

  /** Whether this one is on and all others are off, by their pins; undefined: none is on. */
  isOnlyOn(on: Name | undefined): boolean {
    return [...this.#outputs].every(
      ([name, { line, chosen }]) => (line.read() === levelFor(true, chosen)) === (name === on),
    );
  }
}
