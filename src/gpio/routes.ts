import { explain, UserError } from "../core/errors.ts";
import { CannotServe, type GpioBackend, type GpioBank, type GpioPorts, type PinUse } from "../core/hardware/gpio.ts";
import type { NamedChip } from "../core/hardware/named-chip.ts";
import { chipLineOf, type PinName } from "../core/hardware/pin-name.ts";
import { Banks } from "./banks.ts";

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

/** Where a pin is. */
interface Place {
  /** Undefined for the header. */
  readonly named?: NamedChip;
  readonly number: number;
}

/** Finds the backend for a pin and a use: the one that was chosen or, with `auto`, the first one that can serve them. */
export class Routes {
  readonly #backends: readonly GpioBackend[];
  readonly #wanted: string;
  readonly #chips: readonly NamedChip[];
  readonly #banks: Banks;

  /** For the arguments see {@link import("./pins.ts").Pins}. */
  constructor(backends: readonly GpioBackend[], wanted: string, ports: GpioPorts, chips: readonly NamedChip[]) {
    this.#backends = backends;
    this.#wanted = wanted;
    this.#chips = chips;
    this.#banks = new Banks(ports);
  }

  get opened(): Readonly<Record<string, string>> {
    return this.#banks.opened;
  }

  close(): Promise<void> {
    return this.#banks.close();
  }

  /**
   * Carries out the action with the first backend that can serve the pin. `number` is that of the pin within its chip. An error other than
   * {@link CannotServe} is final: no other backend is tried then. If there is none, rejects with the reasons of all backends.
   */
  async first<Result>(
    pin: PinName,
    use: PinUse,
    action: (bank: GpioBank, number: number) => Promise<Result> | undefined,
  ): Promise<Route & { readonly result: Result }> {
    const { named, number } = this.#placeOf(pin);
    const passedOver: PassedOver[] = [];
    for (const backend of this.#candidates(use, named)) {
      const pass = (error: unknown) => passedOver.push({ backend: backend.name, reason: explain(error) });
      const bank = await this.#banks.open(backend, named).catch(pass);
      if (typeof bank === "number") continue;
      try {
        const result = await action(bank, number);
        if (result !== undefined) return { result, backend, bank, passedOver };
      } catch (error) {
        // If one backend was chosen, its error is the answer.
        if (!(error instanceof CannotServe) || this.#wanted !== "auto") throw error;
        pass(error);
      }
    }
    throw new UserError(`no way leads to pin ${pin} as ${use} (${reasons(passedOver) || `${this.#wanted} has none`})`, {
      hint: "run with --simulate to try without hardware",
    });
  }

  #candidates(use: PinUse, named: NamedChip | undefined): readonly GpioBackend[] {
    if (named !== undefined) return this.#chosen(use).filter(({ chipsFor }) => chipsFor?.includes(use));
    return this.#chosen(use);
  }

  #chosen(use: PinUse): readonly GpioBackend[] {
    if (this.#wanted !== "auto") return this.#backends.filter(({ name }) => name === this.#wanted);
    return this.#backends.filter(({ automaticFor }) => automaticFor.includes(use));
  }

  /** The chip and the number within it. Throws a UserError for a chip that nobody has named. */
  #placeOf(pin: PinName): Place {
    const { chip, line } = chipLineOf(pin) ?? {};
    if (chip === undefined || line === undefined) return { number: Number(pin) };
    const named = this.#chips.find(({ name }) => name === chip);
    if (named === undefined) throw new UserError(`there is no chip "${chip}" in gpio.chips for pin ${pin}`);
    return { named, number: line };
  }
}

/** The reasons, each once: a chip that is not there is missing for every backend. */
function reasons(passedOver: readonly PassedOver[]): string {
  const distinct = [...new Set(passedOver.map(({ reason }) => reason))];
  const names = (reason: string) => passedOver.filter((one) => one.reason === reason).map(({ backend }) => backend);
  return distinct.map((reason) => `${names(reason).join(" and ")}: ${reason}`).join("; ");
}
