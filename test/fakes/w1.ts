import type { FakeClock } from "./clock.ts";
import { FakeTree, systemError } from "./tree.ts";

const root = "/sys/bus/w1/devices";
const conversionMs = 750;

/** A thermometer on a fake bus. */
interface Thermometer {
  readonly address: string;
  readonly master: string;
  /** Its temperature in °C at a time in seconds. */
  readonly celsius: (seconds: number) => number;
  /** What its last conversion gave. */
  held: number;
  /** Whether a conversion for all was made since it was read last. */
  isMarked: boolean;
}

/**
 * Masters of 1-Wire with thermometers, as drivers/w1/slaves/w1_therm.c of Linux 6.12 shows them: a conversion for all marks each
 * thermometer, and the next reading of a marked one gives what was converted then, however long ago.
 */
export class FakeW1 extends FakeTree {
  /** The conversions: of one thermometer, by its number, or of all, by the name of their master. */
  readonly conversions: string[] = [];
  /** While there is a part of another kind on its bus, the driver makes no conversion for all, and says nothing. */
  hasOtherParts = false;
  readonly #clock: FakeClock;
  readonly #thermometers: Thermometer[] = [];

  constructor(clock: FakeClock) {
    super();
    this.#clock = clock;
  }

  plugIn(address: string, celsius: (seconds: number) => number, master = "w1_bus_master1"): void {
    const thermometer = { address, master, celsius, held: 85, isMarked: false };
    this.#thermometers.push(thermometer);
    for (const folder of [`${root}/${address}`, `${root}/${master}/${address}`])
      this.files.set(`${folder}/temperature`, () => `${Math.round(thermometer.held * 1000)}\n`);
    this.files.set(this.bulkFile(master), () => (this.#on(master).some(({ isMarked }) => isMarked) ? "1\n" : "0\n"));
  }

  bulkFile(master = "w1_bus_master1"): string {
    return `${root}/${master}/therm_bulk_read`;
  }

  /** A conversion for all, as this program or another one starts it. */
  async convertAll(master = "w1_bus_master1"): Promise<void> {
    this.conversions.push(master);
    await this.#convert();
    for (const thermometer of this.#on(master)) {
      thermometer.held = this.#now(thermometer);
      thermometer.isMarked = true;
    }
  }

  override async readText(path: string): Promise<string> {
    const [, address] = /([^/]+)\/temperature$/.exec(path) ?? [];
    const thermometer = this.#thermometers.find((one) => one.address === address);
    if (thermometer !== undefined && !thermometer.isMarked) {
      this.conversions.push(thermometer.address);
      await this.#convert();
      thermometer.held = this.#now(thermometer);
    }
    if (thermometer !== undefined) thermometer.isMarked = false;
    return super.readText(path);
  }

  override async writeText(path: string, text: string): Promise<void> {
    const master = this.#thermometers.map((one) => one.master).find((one) => path === this.bulkFile(one));
    if (master === undefined) return super.writeText(path, text);
    if (this.readOnly.has(path)) throw systemError("EACCES");
    if (text === "trigger\n" && !this.hasOtherParts) await this.convertAll(master);
  }

  #convert(): Promise<void> {
    return new Promise((resolve) => void this.#clock.after(conversionMs, resolve));
  }

  #now({ celsius }: Thermometer): number {
    return celsius(this.#clock.monotonicMs() / 1000);
  }

  #on(master: string): Thermometer[] {
    return this.#thermometers.filter((one) => one.master === master);
  }
}
