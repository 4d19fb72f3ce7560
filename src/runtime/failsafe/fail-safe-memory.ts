import * as z from "zod";
import type { KeepWhen, Kept, Store } from "../../core/store.ts";
import type { Deadline } from "../../core/time/lasting-clock.ts";

const deadline = z.object({ sinceMs: z.number(), dueMs: z.number() });

const schema = z.object({
  /** The broker is gone, and since a command of this house its time counts from here. */
  after_offline: deadline.optional(),
  /** When the silence has lasted too long. */
  after_silence: deadline.optional(),
  /** The controller is gone. */
  on_controller_lost: deadline.optional(),
  /** There is no good reading. */
  stale_sensor: deadline.optional(),
  /** Whether the output was on before the fail-safe state, while it may go on so. */
  was_on: z.boolean().optional(),
});

type KeptFailSafe = z.output<typeof schema>;

/** What the fail-safe of one device keeps over restarts. */
export class FailSafeMemory {
  readonly #kept: Kept<KeptFailSafe>;

  constructor(keep: Store["keep"]) {
    this.#kept = keep("failsafe", schema, {});
  }

  get<Name extends keyof KeptFailSafe>(name: Name): KeptFailSafe[Name] {
    return this.#kept.value[name];
  }

  /** Sets a value, or removes it with undefined. */
  set<Name extends keyof KeptFailSafe>(name: Name, value: KeptFailSafe[Name], when: KeepWhen): void {
    if (this.#kept.value[name] === value) return;
    const { [name]: _before, ...others } = this.#kept.value;
    this.#kept.set({ ...others, ...(value !== undefined && { [name]: value }) }, when);
  }

  /** When it has lasted for so long; undefined: it has not begun. devices.yaml may have had another time before. */
  lasting(name: "after_silence" | "after_offline" | "on_controller_lost", ms: number): Deadline | undefined {
    const kept = this.get(name);
    return kept === undefined ? undefined : { ...kept, dueMs: kept.sinceMs + ms };
  }
}
