import type { KeepWhen, Kept } from "../../core/store.ts";

/** Where a kept value lives. */
export interface ValueKeeper {
  /** Keeps a value of a device under a name. */
  set(deviceId: string, name: string, value: unknown, when: KeepWhen): void;
  /** Resolves with whether all that was set until now is on disk. */
  save(): Promise<boolean>;
}

/** One value of one device. */
export class KeptValue<Value> implements Kept<Value> {
  readonly #keeper: ValueKeeper;
  readonly #deviceId: string;
  readonly #name: string;
  #value: Value;

  constructor(keeper: ValueKeeper, deviceId: string, name: string, value: Value) {
    this.#keeper = keeper;
    this.#deviceId = deviceId;
    this.#name = name;
    this.#value = value;
  }

  get value(): Value {
    return this.#value;
  }

  set(value: Value, when: KeepWhen = "soon"): void {
    this.#value = value;
    this.#keeper.set(this.#deviceId, this.#name, value, when);
  }

  save(): Promise<boolean> {
    return this.#keeper.save();
  }
}
