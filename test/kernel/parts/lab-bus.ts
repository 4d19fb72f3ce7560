import { readdirSync, writeFileSync } from "node:fs";
import { hexadecimal } from "../../../src/core/hardware/named-chip.ts";
import { loadModule, namesIn, readAttribute, runBusybox, unloadModule, until } from "../guest.ts";

/** A part that a driver of the kernel reads on I2C. */
export interface I2cPart {
  /** What the kernel calls it. */
  readonly name: string;
  readonly address: number;
}

/** What is in the registers of a part, by the number of the first of them: bytes, or words with their upper byte first. */
export interface Registers {
  readonly bytes?: Readonly<Record<number, readonly number[]>>;
  readonly words?: Readonly<Record<number, number>>;
}

/** An I2C bus on which the lab's parts are. */
export class LabBus {
  readonly number: number;
  readonly #module: string;
  readonly #parts = new Set<I2cPart>();

  private constructor(number: number, module: string) {
    this.number = number;
    this.#module = module;
  }

  /** A bus with registers at these addresses, which speak SMBus. All are 0. */
  static async stub(addresses: readonly number[]): Promise<LabBus> {
    loadModule("i2c-stub", `chip_addr=${addresses.join(",")}`);
    const [number = 0] = await busesOf("SMBus stub driver");
    return new LabBus(number, "i2c-stub");
  }

  /** So many buses with parts that speak plain I2C. */
  static async simulated(count = 1): Promise<LabBus[]> {
    loadModule("i2c_sim", `buses=${count}`);
    return (await busesOf("i2c_sim", count)).map((number) => new LabBus(number, "i2c_sim"));
  }

  /** Puts numbers into registers of the stub. */
  setRegisters({ address }: I2cPart, { bytes = {}, words = {} }: Registers): void {
    const set = (values: readonly number[], ...mode: readonly string[]) =>
      runBusybox("i2cset", "-f", "-y", String(this.number), ...[address, ...values].map(hexadecimal), ...mode);
    for (const [register, values] of Object.entries(bytes)) {
      // Of one byte busybox makes no block.
      set([Number(register), ...values], ...(values.length === 1 ? [] : ["i"]));
    }
    // SMBus sends words with their lower byte first.
    for (const [register, word] of Object.entries(words))
      set([Number(register), ((word & 0xff) << 8) | (word >> 8)], "w");
  }

  /** What simulated parts answer, by what is written to them, both in hexadecimal; "-" is whatever is written. */
  setAnswers({ address }: I2cPart, answers: Readonly<Record<string, string>>): void {
    this.#simulate(
      "parts",
      Object.entries(answers)
        .map((pair) => `${address.toString(16)} ${pair.join(" ")}\n`)
        .join(""),
    );
  }

  /** Whether a simulated part answers. */
  setAnswering({ address }: I2cPart, answers: boolean): void {
    this.#simulate("parts", `${address.toString(16)} ${answers ? "back" : "gone"}\n`);
  }

  /** How long each transfer on a simulated bus takes, which fails then; 0: none of that. */
  setHanging(ms: number): void {
    this.#simulate("hang_ms", String(ms));
  }

  /** Makes the kernel's driver read a part, as an overlay does. Throws unless the driver takes it. */
  plugIn(part: I2cPart): void {
    const words = `${part.name} 0x${part.address.toString(16)}`;
    writeFileSync(`${this.#folder}/new_device`, words);
    this.#parts.add(part);
    if (!namesIn(this.#device(part)).includes("driver")) throw new Error(`no driver takes ${words}`);
  }

  /** Takes a part away from its driver. */
  unplug(part: I2cPart): void {
    writeFileSync(`${this.#folder}/delete_device`, `0x${part.address.toString(16)}`);
    this.#parts.delete(part);
  }

  /** Takes away all parts and the bus, with all buses that were made with it. */
  remove(): void {
    // Another bus may have taken this one with it.
    if (namesIn(this.#folder).length === 0) return;
    for (const part of this.#parts) this.unplug(part);
    unloadModule(this.#module);
  }

  get #folder(): string {
    return `/sys/bus/i2c/devices/i2c-${this.number}`;
  }

  #device({ address }: I2cPart): string {
    return `/sys/bus/i2c/devices/${this.number}-${address.toString(16).padStart(4, "0")}`;
  }

  #simulate(file: string, text: string): void {
    writeFileSync(`/sys/kernel/debug/i2c_sim/${this.number}/${file}`, text);
  }
}

/** The numbers of the buses whose adapters have such a name, as soon as there are so many, with their device files. */
function busesOf(adapter: string, count = 1): Promise<number[]> {
  return until(`the bus of ${adapter}`, () => {
    const found = readdirSync("/sys/bus/i2c/devices")
      .filter((name) => name.startsWith("i2c-"))
      .filter((name) => readAttribute(`/sys/bus/i2c/devices/${name}/name`).startsWith(adapter))
      .map((name) => Number(name.slice("i2c-".length)));
    const shown = namesIn("/dev");
    return (
      found.length >= count && found.every((number) => shown.includes(`i2c-${number}`)) && found.sort((a, b) => a - b)
    );
  });
}
