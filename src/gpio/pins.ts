import { UserError } from "../core/errors.ts";
import type {
  GpioBackend,
  GpioBank,
  GpioPins,
  GpioPorts,
  InputRequest,
  OutputRequest,
  PinLook,
  PinUse,
  PwmRequest,
} from "../core/hardware/gpio.ts";
import type { NamedChip } from "../core/hardware/named-chip.ts";
import type { PinName } from "../core/hardware/pin-name.ts";
import { type Route, Routes } from "./routes.ts";

/**
 * All pins of this machine. A claim uses the backend that was chosen or, with `auto`, the first backend that can serve this pin for this
 * use. A pin has one owner at a time, whatever the backend.
 */
export class Pins implements GpioPins {
  readonly #routes: Routes;
  readonly #ports: GpioPorts;
  readonly #owned = new Set<PinName>();

  /**
   * `backends` are in the order in which they are tried. `wanted` is the name of one, or `auto`. `chips` are those that devices.yaml names.
   */
  constructor(backends: readonly GpioBackend[], wanted: string, ports: GpioPorts, chips: readonly NamedChip[] = []) {
    this.#ports = ports;
    this.#routes = new Routes(backends, wanted, ports, chips);
  }

  async output(pin: PinName, request: OutputRequest) {
    const { line, close } = await this.#claim(pin, "output", (bank, number) => bank.output?.(number, request));
    return { write: line.write.bind(line), read: line.read.bind(line), close };
  }

  async input(pin: PinName, request: InputRequest) {
    const { line, close } = await this.#claim(pin, "input", (bank, number) => bank.input?.(number, request));
    return { debounced: line.debounced, isExact: line.isExact ?? false, read: line.read.bind(line), close };
  }

  async pwm(pin: PinName, request: PwmRequest) {
    const { line, close } = await this.#claim(pin, "pwm", (bank, number) => bank.pwm?.(number, request));
    return { write: line.write.bind(line), close };
  }

  /** The backend that a claim would use; nothing is claimed. If there is none, rejects with the reasons of all backends. */
  async route(pin: PinName, use: PinUse): Promise<Route & { readonly look: PinLook }> {
    const found = await this.#routes.first(pin, use, async (bank, number) => (await bank.look?.(number, use)) ?? {});
    return { ...found, look: found.result };
  }

  /** The backends that are open, with a description of what each has opened. */
  get opened(): Readonly<Record<string, string>> {
    return this.#routes.opened;
  }

  close(): Promise<void> {
    return this.#routes.close();
  }

  async #claim<Line extends { close(): Promise<void> }>(
    pin: PinName,
    use: PinUse,
    claim: (bank: GpioBank, number: number) => Promise<Line> | undefined,
  ) {
    if (this.#owned.has(pin)) throw new UserError(`pin ${pin} is in use by another device`);
    this.#owned.add(pin);
    const give = () => this.#owned.delete(pin);
    try {
      const { result: line, backend, passedOver } = await this.#routes.first(pin, use, claim);
      this.#ports.log.debug({ pin, use, backend: backend.name, passed_over: passedOver }, "claimed a pin");
      const close = () => line.close().finally(give);
      return { line, close };
    } catch (error) {
      give();
      throw error;
    }
  }
}
