import type { GpioBackend, GpioBank, GpioPorts } from "../core/hardware/gpio.ts";
import type { NamedChip } from "../core/hardware/named-chip.ts";

/** The banks of all backends: for each one for the header, and one for each named chip. Each is opened when it is first needed. */
export class Banks {
  readonly #ports: GpioPorts;
  readonly #banks = new Map<string, Promise<GpioBank>>();
  readonly #opened = new Map<string, string>();

  constructor(ports: GpioPorts) {
    this.#ports = ports;
  }

  /** The banks that are open, by backend and chip, with a description of what each has opened. */
  get opened(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#opened);
  }

  /** Opens the bank once. After a failure the next call tries again. */
  open(backend: GpioBackend, named: NamedChip | undefined): Promise<GpioBank> {
    const key = named === undefined ? backend.name : `${backend.name} ${named.name}`;
    const known = this.#banks.get(key);
    if (known !== undefined) return known;
    const opening = backend.open(named === undefined ? this.#ports : { ...this.#ports, named });
    this.#banks.set(key, opening);
    opening.then(
      ({ description }) => {
        this.#opened.set(key, description);
        const chip = named === undefined ? {} : { chip: named.name };
        this.#ports.log.info({ backend: backend.name, ...chip, gpio: description }, "opened the pins");
      },
      () => this.#banks.delete(key),
    );
    return opening;
  }

  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.#banks.values());
    await Promise.all(opened.map((bank) => (bank.status === "fulfilled" ? bank.value.close() : undefined)));
  }
}
