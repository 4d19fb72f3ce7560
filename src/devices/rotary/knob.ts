import * as z from "zod";
import type { DeviceContext } from "../../core/device.ts";
import { moved, type Scale, within } from "./scale.ts";

/** How often the position is published at most, in milliseconds. A hand turns faster than anybody can follow. */
const everyMs = 100;

/** What a knob publishes. */
export interface KnobState {
  readonly position: number;
}

/** The position of a knob, and what is said of it. */
export class Knob {
  readonly #scale: Scale;
  readonly #context: DeviceContext<KnobState>;
  readonly #keep: (position: number) => void;
  #position: number;
  #saidAtMs = Number.NEGATIVE_INFINITY;
  #isPlanned = false;

  /** With `isKept` the position is that of the run before. */
  constructor(scale: Scale, isKept: boolean, context: DeviceContext<KnobState>) {
    const kept = isKept ? context.keep("position", z.number(), within(scale, 0)) : undefined;
    this.#scale = scale;
    this.#context = context;
    this.#keep = (position) => kept?.set(position);
    // The limits may be others than they were.
    this.#position = within(scale, kept?.value ?? 0);
    context.onStop(() => {
      if (this.#isPlanned) this.say();
    });
  }

  /** The knob was turned by so many steps; negative: anticlockwise. */
  turn(steps: number): void {
    const type = steps > 0 ? "clockwise" : "anticlockwise";
    for (let step = 0; step < Math.abs(steps); step += 1) this.#context.emit("rotation", type);
    this.set(moved(this.#scale, this.#position, steps));
  }

  /** Changes the position, and says it at once, or soon after the last one. */
  set(position: number): void {
    if (position === this.#position) return;
    this.#position = position;
    this.#keep(position);
    const { clock } = this.#context;
    const waitMs = this.#saidAtMs + everyMs - clock.monotonicMs();
    if (waitMs <= 0) this.say();
    else if (!this.#isPlanned) {
      this.#isPlanned = true;
      clock.after(waitMs, () => this.say());
    }
  }

  /** Says the position. */
  say(): void {
    this.#isPlanned = false;
    this.#saidAtMs = this.#context.clock.monotonicMs();
    this.#context.report({ position: this.#position });
  }
}
