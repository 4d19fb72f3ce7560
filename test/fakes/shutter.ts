import type { SimulatedBank } from "../../src/gpio/simulated.ts";
import { simulatedBank } from "../../src/gpio/simulated.ts";

/** How a shutter is built and wired. */
export interface ShutterTraits {
  readonly pins: Readonly<Record<"open" | "close", number>>;
  readonly activeLow: boolean;
  /** The whole way, in milliseconds. */
  readonly times: Readonly<Record<"open" | "close", number>>;
  /** Where it is at first, from 0 to 100. */
  readonly position: number;
}

/** A shutter with its motor on two simulated pins: it is where the levels of its pins have driven it, whoever set them. */
export class FakeShutter {
  /** The pins, as a bank. */
  readonly bank: SimulatedBank;
  /** Whether both relays have ever been on at once. */
  wereBothOn = false;
  /** The shortest time for which both relays were off before one went on. */
  shortestPauseMs = Number.POSITIVE_INFINITY;
  readonly #traits: ShutterTraits;
  readonly #nowMs: () => number;
  readonly #isOn = { open: false, close: false };
  #position: number;
  #movedUntilMs: number;
  #offSinceMs = Number.NEGATIVE_INFINITY;

  /** `nowMs` is the time of the house, which goes on while nothing runs on the Pi. */
  constructor(traits: ShutterTraits, nowMs: () => number) {
    this.#traits = traits;
    this.#nowMs = nowMs;
    this.#position = traits.position;
    this.#movedUntilMs = nowMs();
    const bank = simulatedBank();
    const see = () => this.#see();
    this.bank = {
      ...bank,
      async output(pin, request) {
        const line = await bank.output(pin, request);
        see();
        const write = (level: 0 | 1) => {
          line.write(level);
          see();
        };
        return { ...line, write };
      },
    };
  }

  /** Where it is: 0 is closed, 100 is open. */
  get position(): number {
    this.#move();
    return this.#position;
  }

  /** Which way it moves. */
  get moves(): "open" | "close" | undefined {
    return this.#isOn.open ? "open" : this.#isOn.close ? "close" : undefined;
  }

  #move(): void {
    const nowMs = this.#nowMs();
    const { times } = this.#traits;
    const way = ((nowMs - this.#movedUntilMs) * 100) / times[this.moves ?? "open"];
    if (this.moves !== undefined)
      this.#position = Math.min(100, Math.max(0, this.#position + (this.moves === "open" ? way : -way)));
    this.#movedUntilMs = nowMs;
  }

  /** Looks at the pins, which somebody has driven. */
  #see(): void {
    this.#move();
    const { pins, activeLow } = this.#traits;
    const wasOn = this.moves !== undefined;
    for (const name of ["open", "close"] as const) {
      const isUsed = this.bank.history(pins[name]).length > 0;
      this.#isOn[name] = isUsed && (this.bank.level(pins[name]) === 1) !== activeLow;
    }
    if (this.#isOn.open && this.#isOn.close) this.wereBothOn = true;
    const nowMs = this.#nowMs();
    if (wasOn && this.moves === undefined) this.#offSinceMs = nowMs;
    if (!wasOn && this.moves !== undefined)
      this.shortestPauseMs = Math.min(this.shortestPauseMs, nowMs - this.#offSinceMs);
  }
}
