import type { Timed } from "../time/keep-time.ts";

/** What a button tells. */
export const pressTypes = ["single", "double", "triple", "long", "long_release", "long_repeat"] as const;

/** One of {@link pressTypes}. */
export type PressType = (typeof pressTypes)[number];

/** Those types that count presses, by their number less one. */
const counted = ["single", "double", "triple"] as const;

/** What makes a press what it is; times in milliseconds. */
export interface PressRules {
  /** As soon as so many presses came in a row, they are told without waiting for another one. */
  readonly most: 1 | 2 | 3;
  /** The next press of a row begins less than this after the release before it. */
  readonly gapMs: number;
  /** A press of this length is long; 0: none is. */
  readonly longMs: number;
  /** How often a long press is told again while it lasts, for a minute at most; 0: never. */
  readonly repeatMs: number;
}

/** A button that got stuck must not send messages for ever. */
const longestRepeatingMs = 60_000;

/** The types that such a button can tell. */
export function toldTypes({ most, longMs, repeatMs }: PressRules): readonly PressType[] {
  const ofLong = ["long", "long_release", "long_repeat"] as const;
  return [...counted.slice(0, most), ...(longMs > 0 ? ofLong.slice(0, repeatMs > 0 ? 3 : 2) : [])];
}

/**
 * Tells what the presses of a button are, by the time stamps of its changes alone: changes that are told late and together give the same
 * as changes that are told at once. A press that was under way at the first call is none.
 */
export class Presses implements Timed {
  readonly #rules: PressRules;
  readonly #tell: (type: PressType) => void;
  /** How many presses of a row have ended. */
  #row = 0;
  #state: "released" | "pressed" | "long" | "ignored" = "released";
  /** When the last change was. */
  #sinceMs = 0;
  /** How often the present long press was told again. */
  #repeats = 0;

  constructor(rules: PressRules, tell: (type: PressType) => void) {
    this.#rules = rules;
    this.#tell = tell;
  }

  /** Says what the button was when it was first seen. */
  begin(isPressed: boolean, atMs: number): void {
    this.#become(isPressed ? "ignored" : "released", atMs);
  }

  get dueMs(): number | undefined {
    const { gapMs, longMs, repeatMs } = this.#rules;
    if (this.#state === "pressed" && longMs > 0) return this.#sinceMs + longMs;
    if (this.#state === "released" && this.#row > 0) return this.#sinceMs + gapMs;
    const repeatingMs = (this.#repeats + 1) * repeatMs;
    if (this.#state === "long" && repeatMs > 0 && repeatingMs <= longestRepeatingMs)
      return this.#sinceMs + longMs + repeatingMs;
    return undefined;
  }

  pass(nowMs: number): void {
    while (this.dueMs !== undefined && nowMs >= this.dueMs) this.#happen();
  }

  /** Takes a change; changes come in the order of their time. */
  change(isPressed: boolean, atMs: number): void {
    this.pass(atMs);
    if (isPressed) this.#press(atMs);
    else this.#release(atMs);
  }

  /** What is due happens. */
  #happen(): void {
    this.#tellRow();
    if (this.#state === "pressed") {
      this.#state = "long";
      this.#repeats = 0;
      this.#tell("long");
    } else if (this.#state === "long") {
      this.#repeats += 1;
      this.#tell("long_repeat");
    }
  }

  #press(atMs: number): void {
    this.#become("pressed", atMs);
    // Nothing else can become of it, so that nobody has to wait for the release.
    if (this.#rules.most === 1 && this.#rules.longMs === 0) this.#tell("single");
  }

  #release(atMs: number): void {
    const { most, longMs } = this.#rules;
    const before = this.#state;
    this.#become("released", atMs);
    if (before === "long") this.#tell("long_release");
    if (before !== "pressed" || (most === 1 && longMs === 0)) return;
    this.#row += 1;
    if (this.#row === most) this.#tellRow();
  }

  #tellRow(): void {
    const type = counted[this.#row - 1];
    this.#row = 0;
    if (type !== undefined) this.#tell(type);
  }

  #become(state: "released" | "pressed" | "ignored", atMs: number): void {
    this.#state = state;
    this.#sinceMs = atMs;
  }
}
