import * as z from "zod";
import type { KeepWhen, Kept, Store } from "../../core/store.ts";
import type { Deadline } from "../../core/time/lasting-clock.ts";

/** What an output does by itself: since when that is awaited, and when it is due, on the scale of the lasting time. */
const schema = z.partialRecord(
  z.enum(["max_on", "auto_off", "on_time", "off_time", "max_on_rest"]),
  z.object({ sinceMs: z.number(), dueMs: z.number() }),
);

/** The deadlines of one output, by the limits that set them. */
type KeptDeadlines = z.output<typeof schema>;

/** A limit that sets a deadline. */
export type DeadlineName = keyof KeptDeadlines;

/** What ends the time on of an output. */
export const endsOn = ["max_on", "auto_off", "on_time"] as const satisfies readonly DeadlineName[];

/** Keeps the deadlines of one output over restarts. */
export class GuardMemory {
  readonly #kept: Kept<KeptDeadlines>;
  /** What is kept. Nobody else changes it, and each command asks several times. */
  #deadlines: KeptDeadlines;
  #isClosed = false;

  /** `name` is a name of the output that is the same after a restart. */
  constructor(keep: Store["keep"], name: string) {
    this.#kept = keep(`limits_${name}`, schema, {});
    this.#deadlines = this.#kept.value;
  }

  /** When this happens; undefined if it is not to happen. */
  get(name: DeadlineName): Deadline | undefined {
    return this.#deadlines[name];
  }

  /** Sets deadlines, or removes them with undefined. */
  set(changed: { readonly [Name in DeadlineName]?: Deadline | undefined }, when: KeepWhen): void {
    if (this.#isClosed) return;
    const before = this.#deadlines;
    const names = Object.keys(changed) as DeadlineName[];
    if (names.every((name) => before[name] === changed[name])) return;
    const entries = Object.entries({ ...before, ...changed });
    this.#deadlines = Object.fromEntries(entries.filter(([, deadline]) => deadline !== undefined));
    this.#kept.set(this.#deadlines, when);
  }

  /** The device ends: what happens to the output from now on is nobody's wish, so the deadlines stay for the next start. */
  close(): void {
    this.#isClosed = true;
  }
}
