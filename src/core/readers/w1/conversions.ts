import type { Files } from "../../machine/files.ts";
import { readTrimmed } from "../../machine/files.ts";
import type { Clock } from "../../time/clock.ts";
import { w1Root } from "./place.ts";

/** How long a conversion that was made for all is new enough, in milliseconds. Reading one thermometer takes some 20 ms. */
const freshMs = 2_000;

/** The conversions of the thermometers that are read through the same files. */
const ofMachine = new WeakMap<Files, Conversions>();

/** A conversion takes 0.75 s. Where the kernel lets this user start one for a whole bus, its thermometers share it. */
export function sharedConversions(files: Files): Conversions {
  const conversions = ofMachine.get(files) ?? new Conversions(files);
  ofMachine.set(files, conversions);
  return conversions;
}

/**
 * Conversions for a whole bus. The kernel keeps a mark for each thermometer: while it is set, the next reading gives the value of that
 * conversion, however old, and clears it (w1_therm.c, temperature_show). So this remembers for whom it was set, and when, and reads those
 * in vain that were not read in time. The file `therm_bulk_read` belongs to root; where it may not be written, each thermometer converts
 * for itself, as if this did not exist.
 */
class Conversions {
  readonly #files: Files;
  /** The thermometers that are read, by their numbers, with how many devices read each. */
  readonly #members = new Map<string, number>();
  /** When the mark of a thermometer was set that was not read since, by its number. */
  readonly #markedAt = new Map<string, number>();
  /** The thermometers that were read. The mark of another one can be left from before this program began, a day ago. */
  readonly #known = new Set<string>();

  constructor(files: Files) {
    this.#files = files;
  }

  /** Counts a thermometer among those that share conversions, which a DS28EA00 cannot, until the function is called that it returns. */
  join(address: string): () => void {
    if (address.startsWith("42-")) return () => {};
    this.#members.set(address, (this.#members.get(address) ?? 0) + 1);
    return () => {
      const left = (this.#members.get(address) ?? 1) - 1;
      if (left > 0) this.#members.set(address, left);
      else this.#members.delete(address);
    };
  }

  /** Sees to it that the next reading of a thermometer gives a new value: of a conversion that was made for all, or of its own. */
  async prepare(address: string, clock: Pick<Clock, "monotonicMs">): Promise<void> {
    const markedAt = this.#markedAt.get(address);
    const isKnown = this.#known.has(address);
    this.#known.add(address);
    if (markedAt !== undefined && clock.monotonicMs() - markedAt <= freshMs) {
      this.#markedAt.delete(address);
      return;
    }
    if (markedAt === undefined && isKnown && this.#members.size < 2) return;
    const master = await this.#masterOf(address);
    if (master === undefined) return;
    const { bulk, members } = master;
    if (!isKnown && (await this.#isAnyMarked(bulk))) this.#markedAt.set(address, clock.monotonicMs());
    if (members.length > 1 && (await this.#files.isWritable(bulk))) await this.#convertAll(bulk, members, clock);
    else await this.#readInVain(address);
    this.#markedAt.delete(address);
  }

  /** Has all thermometers of a bus convert, and waits until they have. */
  async #convertAll(bulk: string, members: readonly string[], clock: Pick<Clock, "monotonicMs">): Promise<void> {
    for (const member of members) await this.#readInVain(member);
    // A failure is no harm: each converts for itself then. The driver does not even report one.
    await this.#files.writeText(bulk, "trigger\n").catch(() => {});
    if (!(await this.#isAnyMarked(bulk))) return;
    for (const member of members) this.#markedAt.set(member, clock.monotonicMs());
  }

  /** Clears the mark of a thermometer that has one. */
  async #readInVain(address: string): Promise<void> {
    if (this.#markedAt.delete(address)) await readTrimmed(this.#files, `${w1Root}/${address}/temperature`);
  }

  async #isAnyMarked(bulk: string): Promise<boolean> {
    return (await readTrimmed(this.#files, bulk)) === "1";
  }

  /** The file for conversions of all on the bus of a thermometer, and those on it that are read. */
  async #masterOf(address: string): Promise<{ bulk: string; members: readonly string[] } | undefined> {
    for (const name of await this.#files.list(w1Root)) {
      if (!name.startsWith("w1_bus_master")) continue;
      const parts = await this.#files.list(`${w1Root}/${name}`);
      if (!parts.includes(address)) continue;
      return { bulk: `${w1Root}/${name}/therm_bulk_read`, members: parts.filter((part) => this.#members.has(part)) };
    }
    return undefined;
  }
}
