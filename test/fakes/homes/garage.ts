import { type SimulatedBank, simulatedBank } from "../../../src/gpio/simulated.ts";
import type { FakeClock } from "../clock.ts";

type Way = "open" | "close";

/** How a garage door is built and wired. Its contacts pull to ground at their end. */
export interface GarageTraits {
  readonly button: number;
  readonly activeLow: boolean;
  readonly contacts: Partial<Readonly<Record<Way, number>>>;
  /** The whole way, in milliseconds. */
  readonly times: Readonly<Record<Way, number>>;
  /** Where it is at first, from 0, closed, to 100, open. */
  readonly position: number;
  /** Whether a press while it closes opens it again, instead of stopping it. */
  readonly reverses: boolean;
}

const ends = { open: 100, close: 0 } as const;
const other = { open: "close", close: "open" } as const;

/**
 * A garage door with a drive that has one button: a press starts it, stops it, starts it the other way, and stops it. It takes the edge at
 * which the button is pressed, whoever presses it.
 */
export class FakeGarage {
  readonly bank: SimulatedBank;
  /** When the relay pressed the button, in the time of the house, and for how long. */
  readonly pulses: { readonly atMs: number; forMs: number }[] = [];
  /** Whether the relay's pin answers with errors. */
  isBroken = false;
  /** Whether the drive does nothing at a press. */
  isDead = false;
  readonly #traits: GarageTraits;
  readonly #clock: () => FakeClock;
  readonly #nowMs: () => number;
  #position: number;
  #moves: Way | undefined;
  #next: Way;
  #isPressed = false;
  #movedUntilMs: number;
  #cancelContact = () => {};

  /** `nowMs` is the time of the house, which goes on while nothing runs on the Pi; `clock` is that of the program that runs now. */
  constructor(traits: GarageTraits, clock: () => FakeClock, nowMs: () => number) {
    this.#traits = traits;
    this.#clock = clock;
    this.#nowMs = nowMs;
    this.#position = traits.position;
    this.#next = traits.position === 100 ? "close" : "open";
    this.#movedUntilMs = nowMs();
    const bank = simulatedBank({ monotonicMs: () => clock().monotonicMs() });
    const work = () => {
      if (this.isBroken) throw new Error("the pin was taken away");
    };
    const see = () => this.#see();
    this.bank = {
      ...bank,
      async output(pin, request) {
        work();
        const line = await bank.output(pin, request);
        see();
        const write = (level: 0 | 1) => {
          work();
          line.write(level);
          see();
        };
        const read = () => {
          work();
          return line.read();
        };
        return { ...line, write, read };
      },
    };
    this.#contacts();
  }

  get position(): number {
    this.#move();
    return this.#position;
  }

  /** Which way it moves. */
  get moves(): Way | undefined {
    this.#move();
    return this.#moves;
  }

  /** Which way a press would start it, while it stands. */
  get next(): Way {
    this.#move();
    return this.#next;
  }

  /** Somebody presses the button of a remote control. */
  press(): void {
    this.#move();
    if (this.isDead) return;
    if (this.#moves === undefined) this.#moves = this.#next;
    else if (this.#moves === "close" && this.#traits.reverses) this.#moves = "open";
    else {
      this.#next = other[this.#moves];
      this.#moves = undefined;
    }
    this.#contacts();
  }

  /** Another program runs now, with a clock of its own. */
  goOn(): void {
    this.#contacts();
  }

  #see(): void {
    const { button, activeLow } = this.#traits;
    const isPressed = this.bank.history(button).length > 0 && (this.bank.level(button) === 1) !== activeLow;
    if (isPressed === this.#isPressed) return;
    this.#isPressed = isPressed;
    const last = this.pulses.at(-1);
    if (isPressed) {
      this.pulses.push({ atMs: this.#nowMs(), forMs: 0 });
      this.press();
    } else if (last !== undefined) last.forMs = this.#nowMs() - last.atMs;
  }

  #move(): void {
    const nowMs = this.#nowMs();
    const moves = this.#moves;
    const ms = nowMs - this.#movedUntilMs;
    this.#movedUntilMs = nowMs;
    if (moves === undefined) return;
    const way = ((moves === "open" ? 1 : -1) * 100 * ms) / this.#traits.times[moves];
    this.#position = Math.min(100, Math.max(0, this.#position + way));
    if (Math.abs(this.#position - ends[moves]) > 1e-6) return;
    this.#position = ends[moves];
    this.#moves = undefined;
    this.#next = other[moves];
  }

  #contacts(): void {
    this.#move();
    const { contacts, times } = this.#traits;
    for (const end of ["open", "close"] as const) {
      const pin = contacts[end];
      if (pin !== undefined) this.bank.drive(pin, Math.abs(this.#position - ends[end]) < 1 ? 0 : 1);
    }
    this.#cancelContact();
    const moves = this.#moves;
    if (moves === undefined) return;
    const toEndMs = (Math.abs(ends[moves] - this.#position) * times[moves]) / 100;
    // A contact is as wide as one percent of the way.
    const onePercentMs = times[moves] / 100;
    const isLeaving = Math.abs(this.#position - ends[moves]) > 98.999;
    const ms = isLeaving ? onePercentMs : toEndMs > onePercentMs ? toEndMs - onePercentMs + 1 : toEndMs + 1;
    this.#cancelContact = this.#clock().after(ms, () => this.#contacts());
  }
}
