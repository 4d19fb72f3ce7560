import { explain } from "../../core/errors.ts";
import type { Log } from "../../core/log/log.ts";
import type { KeepWhen, Kept, Store } from "../../core/store.ts";
import type { Cancel, Clock } from "../../core/time/clock.ts";
import { loadState } from "./load-state.ts";
import { type KeptValues, type StateFile, writeState } from "./state-file.ts";

/** What is to be on disk `soon` waits so long for more of it. */
const soonMs = 10_000;
/** A disk that is full or read-only is tried again after so long. */
const tryAgainMs = 60_000;

/** What the store needs of its surroundings. */
export interface StorePorts {
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * What the devices keep, in memory and in one file. It is read before any device is set up, so that a device has its values without
 * waiting, and written as a whole, never twice at once: what is set meanwhile goes with the next writing.
 */
export class StateStore {
  readonly #file: StateFile | undefined;
  readonly #ports: StorePorts;
  readonly #values: Map<string, Map<string, unknown>>;
  /** How often something was set, and up to which of these the file has it. */
  #setCount = 0;
  #savedCount = 0;
  #writing: Promise<boolean> | undefined;
  #isUrgent = false;
  #trouble: string | undefined;
  #cancelSoon: Cancel | undefined;

  private constructor(file: StateFile | undefined, kept: KeptValues, ports: StorePorts) {
    this.#file = file;
    this.#ports = ports;
    this.#values = new Map(Object.entries(kept).map(([id, values]) => [id, new Map(Object.entries(values))]));
  }

  /**
   * Reads the file; without one, nothing outlives the program. A file that cannot be used is set aside with a warning, and the copy
   * before it is taken; so the start goes on whatever is on the disk.
   */
  static async open(file: StateFile | undefined, ports: StorePorts): Promise<StateStore> {
    return new StateStore(file, file === undefined ? {} : await loadState(file, ports.log), ports);
  }

  /** What one device keeps. */
  of(deviceId: string, log: Log): Store {
    return {
      keep: (name, schema, initial) => {
        const values = this.#values.get(deviceId) ?? new Map<string, unknown>();
        this.#values.set(deviceId, values);
        const known = values.has(name) ? schema.safeParse(values.get(name)) : undefined;
        if (known?.success === false) log.warn({ name }, "what was kept is not understood any more; begins anew");
        let value = known?.success ? known.data : initial;
        const kept: Kept<typeof value> = {
          get value() {
            return value;
          },
          set: (next, when = "soon") => {
            value = next;
            values.set(name, next);
            this.#changed(when);
          },
          save: () => this.#save(),
        };
        return kept;
      },
    };
  }

  /** Resolves once all that was set is on disk, or could not be written. */
  async flush(): Promise<void> {
    this.#cancelSoon?.();
    this.#cancelSoon = undefined;
    await this.#save();
  }

  get #isChanged(): boolean {
    return this.#savedCount < this.#setCount;
  }

  async #save(): Promise<boolean> {
    const wanted = this.#setCount;
    while (this.#savedCount < wanted) {
      // What is being written may have been begun before.
      const isOurs = this.#writing === undefined;
      const isWritten = await (this.#writing ?? this.#write());
      if (isOurs && !isWritten) return false;
    }
    return true;
  }

  #changed(when: KeepWhen): void {
    this.#setCount += 1;
    if (when === "now") this.#writeSoonest();
    else this.#plan(soonMs);
  }

  #writeSoonest(): void {
    if (this.#writing === undefined) void this.#write();
    else this.#isUrgent = true;
  }

  #plan(ms: number): void {
    if (this.#file === undefined) return;
    this.#cancelSoon ??= this.#ports.clock.after(ms, () => {
      this.#cancelSoon = undefined;
      this.#writeSoonest();
    });
  }

  /** Resolves with whether the disk took it. */
  #write(): Promise<boolean> {
    const { log } = this.#ports;
    if (this.#file === undefined) return Promise.resolve(false);
    this.#cancelSoon?.();
    this.#cancelSoon = undefined;
    this.#isUrgent = false;
    const writes = this.#setCount;
    this.#writing = this.#file
      .write(writeState(this.#snapshot()))
      .then(
        () => {
          if (this.#trouble !== undefined) log.info({ file: this.#file?.path }, "can keep values again");
          this.#trouble = undefined;
          this.#savedCount = writes;
          return true;
        },
        (error) => {
          this.#isUrgent = false;
          const reason = explain(error);
          if (reason !== this.#trouble)
            log.warn({ file: this.#file?.path, reason }, "cannot keep values; a restart would begin with older ones");
          this.#trouble = reason;
          this.#plan(tryAgainMs);
          return false;
        },
      )
      .then((isWritten) => {
        this.#writing = undefined;
        if (this.#isUrgent) void this.#write();
        else if (this.#isChanged) this.#plan(soonMs);
        return isWritten;
      });
    return this.#writing;
  }

  #snapshot(): KeptValues {
    return Object.fromEntries([...this.#values].map(([id, values]) => [id, Object.fromEntries(values)]));
  }
}
