import { explain } from "../../core/errors.ts";
import type { Log } from "../../core/log/log.ts";
import type { KeepWhen, Store } from "../../core/store.ts";
import type { Cancel, Clock } from "../../core/time/clock.ts";
import { KeptValue } from "./kept-value.ts";
import { loadState } from "./load-state.ts";
import { type KeptValues, type StateFile, writeState } from "./state-file.ts";

/** How long a change with `soon` waits for more changes. */
const soonMs = 10_000;
/** How long to wait before writing again to a disk that is full or read-only. */
const tryAgainMs = 60_000;

/** What the store needs. */
export interface StorePorts {
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The kept values of all devices, in memory and in one file. The file is read before any device is set up, so that a device has its values
 * without waiting. It is always written as a whole, and never twice at once: changes that come during a write go into the next one.
 */
export class StateStore {
  readonly #file: StateFile | undefined;
  readonly #ports: StorePorts;
  readonly #values: Map<string, Map<string, unknown>>;
  /** Values that are made anew for each write. */
  readonly #attached: { readonly id: string; readonly name: string; readonly make: () => unknown }[] = [];
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
   * Reads the file. Without a file nothing is kept over restarts. A file that cannot be used is set aside with a warning, and the copy
   * before it is used. So the agent starts whatever is on the disk.
   */
  static async open(file: StateFile | undefined, ports: StorePorts): Promise<StateStore> {
    return new StateStore(file, file === undefined ? {} : await loadState(file, ports.log), ports);
  }

  /** The store of one device. */
  of(deviceId: string, log: Log): Store {
    return {
      keep: (name, schema, initial) => {
        const values = this.#values.get(deviceId);
        const known = values?.has(name) ? schema.safeParse(values.get(name)) : undefined;
        if (known?.success === false) log.warn({ name }, "a stored value does not fit any more; uses the initial one");
        return new KeptValue(this, deviceId, name, known?.success ? known.data : initial);
      },
    };
  }

  /** Whether values outlive the program. */
  get isKept(): boolean {
    return this.#file !== undefined;
  }

  /** Resolves with whether all that was set until now is on disk. */
  save(): Promise<boolean> {
    return this.#save();
  }

  /** Keeps a value of a device under a name. */
  set(deviceId: string, name: string, value: unknown, when: KeepWhen): void {
    this.#valuesOf(deviceId).set(name, value);
    this.#changed(when);
  }

  /** Adds a value that is made at each write, such as the time of the write. It causes no write. */
  attach(id: string, name: string, make: () => unknown): void {
    this.#attached.push({ id, name, make });
  }

  /** Writes, even if no value has changed. */
  refresh(when: KeepWhen): void {
    this.#changed(when);
  }

  /** Resolves when all changes are on disk, or could not be written. */
  async flush(): Promise<void> {
    this.#cancelSoon?.();
    this.#cancelSoon = undefined;
    await this.#save();
  }

  #valuesOf(id: string): Map<string, unknown> {
    const values = this.#values.get(id) ?? new Map<string, unknown>();
    this.#values.set(id, values);
    return values;
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
    else if (when === "soon") this.#plan(soonMs);
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
          if (this.#trouble !== undefined) log.info({ file: this.#file?.path }, "can store values again");
          this.#trouble = undefined;
          this.#savedCount = writes;
          return true;
        },
        (error) => {
          this.#isUrgent = false;
          const reason = explain(error);
          if (reason !== this.#trouble)
            log.warn(
              { file: this.#file?.path, reason },
              "cannot store values; after a restart older ones would be used",
            );
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
    for (const { id, name, make } of this.#attached) this.#valuesOf(id).set(name, make());
    return Object.fromEntries([...this.#values].map(([id, values]) => [id, Object.fromEntries(values)]));
  }
}
