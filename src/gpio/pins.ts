import { explain, UserError } from "../core/errors.ts";
import {
  CannotServe,
  type GpioBackend,
  type GpioBank,
  type GpioPins,
  type GpioPorts,
  type InputRequest,
  type OutputRequest,
  type PinLook,
  type PinUse,
  type PwmRequest,
} from "../core/hardware/gpio.ts";
import { chipLineOf, type PinName } from "../core/hardware/pin-name.ts";

/** The number of a pin of the header. Throws a UserError for the line of another chip. */
function numberOf(pin: PinName): number {
  const onChip = chipLineOf(pin);
  if (onChip !== undefined) throw new UserError(`there is no chip "${onChip.chip}" for pin ${pin}`);
  return Number(pin);
}

/** A backend that was tried and not used, and why. */
export interface PassedOver {
  readonly backend: string;
  readonly reason: string;
}

/** The backend that serves a pin, and which others were tried before it. */
export interface Route {
  readonly backend: GpioBackend;
  readonly bank: GpioBank;
  readonly passedOver: readonly PassedOver[];
}

/**
 * All pins of this machine. A claim uses the backend that was chosen or, with `auto`, the first backend that can serve this pin for this
 * use. A pin has one owner at a time, whatever the backend.
 */
export class Pins implements GpioPins {
  readonly #backends: readonly GpioBackend[];
  readonly #wanted: string;
  readonly #ports: GpioPorts;
  readonly #owned = new Set<PinName>();
  readonly #banks = new Map<GpioBackend, Promise<GpioBank>>();
  readonly #opened = new Map<string, string>();

  /** `backends` are in the order in which they are tried. `wanted` is the name of one, or `auto`. */
  constructor(backends: readonly GpioBackend[], wanted: string, ports: GpioPorts) {
    this.#backends = backends;
    this.#wanted = wanted;
    this.#ports = ports;
  }

  async output(pin: PinName, request: OutputRequest) {
    const { line, close } = await this.#claim(pin, "output", (bank) => bank.output?.(numberOf(pin), request));
    return { write: line.write.bind(line), read: line.read.bind(line), close };
  }

  async input(pin: PinName, request: InputRequest) {
    const { line, close } = await this.#claim(pin, "input", (bank) => bank.input?.(numberOf(pin), request));
    return { debounced: line.debounced, read: line.read.bind(line), close };
  }

  async pwm(pin: PinName, request: PwmRequest) {
    const { line, close } = await this.#claim(pin, "pwm", (bank) => bank.pwm?.(numberOf(pin), request));
    return { write: line.write.bind(line), close };
  }

  /** The backend that a claim would use; nothing is claimed. If there is none, rejects with the reasons of all backends. */
  async route(pin: PinName, use: PinUse): Promise<Route & { readonly look: PinLook }> {
    const found = await this.#first(pin, use, async (bank) => (await bank.look?.(numberOf(pin), use)) ?? {});
    return { ...found, look: found.result };
  }

  /** The backends that are open, with a description of what each has opened. */
  get opened(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#opened);
  }

  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.#banks.values());
    await Promise.all(opened.map((bank) => (bank.status === "fulfilled" ? bank.value.close() : undefined)));
  }

  async #claim<Line extends { close(): Promise<void> }>(
    pin: PinName,
    use: PinUse,
    claim: (bank: GpioBank) => Promise<Line> | undefined,
  ) {
    if (this.#owned.has(pin)) throw new UserError(`pin ${pin} is in use by another device`);
    this.#owned.add(pin);
    const give = () => this.#owned.delete(pin);
    try {
      const { result: line, backend, passedOver } = await this.#first(pin, use, claim);
      this.#ports.log.debug({ pin, use, backend: backend.name, passed_over: passedOver }, "claimed a pin");
      const close = () => line.close().finally(give);
      return { line, close };
    } catch (error) {
      give();
      throw error;
    }
  }

  /**
   * Carries out the action with the first backend that can serve the pin. An error other than {@link CannotServe} is final: no other
   * backend is tried then.
   */
  async #first<Result>(pin: PinName, use: PinUse, action: (bank: GpioBank) => Promise<Result> | undefined) {
    const passedOver: PassedOver[] = [];
    for (const backend of this.#candidates(use)) {
      const pass = (error: unknown) => passedOver.push({ backend: backend.name, reason: explain(error) });
      const bank = await this.#open(backend).catch(pass);
      if (typeof bank === "number") continue;
      try {
        const result = await action(bank);
        if (result !== undefined) return { result, backend, bank, passedOver };
      } catch (error) {
        // If one backend was chosen, its error is the answer.
        if (!(error instanceof CannotServe) || this.#wanted !== "auto") throw error;
        pass(error);
      }
    }
    const reasons = passedOver.map(({ backend, reason }) => `${backend}: ${reason}`).join("; ");
    throw new UserError(`no way leads to pin ${pin} as ${use} (${reasons || `${this.#wanted} has none`})`, {
      hint: "run with --simulate to try without hardware",
    });
  }

  #candidates(use: PinUse): readonly GpioBackend[] {
    if (this.#wanted !== "auto") return this.#backends.filter(({ name }) => name === this.#wanted);
    return this.#backends.filter(({ automaticFor }) => automaticFor.includes(use));
  }

  /** Opens each backend once. After a failure the next claim tries again. */
  #open(backend: GpioBackend): Promise<GpioBank> {
    const known = this.#banks.get(backend);
    if (known !== undefined) return known;
    const opening = backend.open(this.#ports);
    this.#banks.set(backend, opening);
    opening.then(
      ({ description }) => {
        this.#opened.set(backend.name, description);
        this.#ports.log.info({ backend: backend.name, gpio: description }, "opened the pins");
      },
      () => this.#banks.delete(backend),
    );
    return opening;
  }
}
