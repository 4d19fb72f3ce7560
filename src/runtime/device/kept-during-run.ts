import type { KeepWhen, Kept } from "../../core/store.ts";

interface Run {
  readonly isOver: boolean;
}

/** A kept value that can be set until its run is over. */
export class KeptDuringRun<Value> implements Kept<Value> {
  readonly #kept: Kept<Value>;
  readonly #run: Run;

  constructor(kept: Kept<Value>, run: Run) {
    this.#kept = kept;
    this.#run = run;
  }

  get value(): Value {
    return this.#kept.value;
  }

  set(value: Value, when?: KeepWhen): void {
    if (!this.#run.isOver) this.#kept.set(value, when);
  }

  save(): Promise<boolean> {
    return this.#kept.save();
  }
}
