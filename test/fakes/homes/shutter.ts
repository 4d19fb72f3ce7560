import type { SimulatedBank } from "../../../src/gpio/simulated.ts";
import { simulatedBank } from "../../../src/gpio/simulated.ts";
import type { FakeClock } from "../clock.ts";

type Way = "open" | "close";

/** How a shutter is built and wired. */
export interface ShutterTraits {
  readonly pins: Readonly<Record<Way, number>>;
  readonly activeLow: boolean;
  /** The whole way, in milliseconds; `tilt`: how long its slats turn before, if it has any. */
  readonly times: Readonly<Record<Way, number>> & { readonly tilt?: number };
  /** Where it is at first, from 0 to 100. */
  readonly position: number;
  /** How far its slats are open at first, from 0 to 100. */
  readonly tilt?: number;
  /** The pins of its end stops, which pull to ground at their end. */
  readonly endstops?: Partial<Readonly<Record<Way, number>>>;
}

/** So near to its end it is there, in percent: more than what rounding loses, and more than the shortest time that is waited for. */
const nearlyPercent = 1e-4;

const ends = { open: 100, close: 0 } as const;

/** A shutter with its motor on two simulated pins: it is where the levels of its pins have driven it, whoever set them. */
export class FakeShutter {
  /** The pins, as a bank. */
  readonly bank: SimulatedBank;
  /** Whether both relays have ever been on at once. */
  wereBothOn = false;
  /** The shortest time for which both relays were off before one went on. */
  shortestPauseMs = Number.POSITIVE_INFINITY;
  /** The longest time for which each relay was on without a pause. */
  readonly longestRunMs = { open: 0, close: 0 };
  /** The longest time for which it was driven against an end. */
  longestAtEndMs = 0;
  /** Whether its relays' pins answer with errors. */
  isBroken = false;
  /** End stops that say nothing any more, at the level that they had. */
  readonly dead = new Set<Way>();
  readonly #traits: ShutterTraits;
  readonly #clock: () => FakeClock;
  readonly #nowMs: () => number;
  readonly #isOn = { open: false, close: false };
  #position: number;
  #tilt: number;
  #atEndMs = 0;
  #movedUntilMs: number;
  #changedMs = Number.NEGATIVE_INFINITY;
  #cancelContact = () => {};

  /** `nowMs` is the time of the house, which goes on while nothing runs on the Pi; `clock` is that of the program that runs now. */
  constructor(traits: ShutterTraits, clock: () => FakeClock, nowMs: () => number) {
    this.#traits = traits;
    this.#clock = clock;
    this.#nowMs = nowMs;
    this.#position = traits.position;
    this.#tilt = traits.tilt ?? 100;
    this.#movedUntilMs = nowMs();
    const bank = simulatedBank({ monotonicMs: () => clock().monotonicMs() });
    const see = () => this.#see();
    const work = () => {
      if (this.isBroken) throw new Error("the pin was taken away");
    };
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

  /** Where it is: 0 is closed, 100 is open. */
  get position(): number {
    this.#move();
    return this.#position;
  }

  /** How far its slats are open. */
  get tilt(): number {
    this.#move();
    return this.#tilt;
  }

  /** Which way it moves. */
  get moves(): Way | undefined {
    return this.#isOn.open ? "open" : this.#isOn.close ? "close" : undefined;
  }

  /** Somebody moves it by hand. */
  push(position: number): void {
    this.#move();
    this.#position = position;
    this.#contacts();
  }

  /** Another program runs now, with a clock of its own. */
  goOn(): void {
    this.#move();
    this.#contacts();
  }

  #move(): void {
    const nowMs = this.#nowMs();
    let leftMs = nowMs - this.#movedUntilMs;
    this.#movedUntilMs = nowMs;
    const { moves } = this;
    if (moves === undefined) return;
    const { [moves]: wayMs, tilt: tiltMs = 0 } = this.#traits.times;
    const end = ends[moves];
    const turnMs = Math.min(leftMs, (Math.abs(end - this.#tilt) * tiltMs) / 100);
    if (tiltMs > 0) this.#tilt += (Math.sign(end - this.#tilt) * turnMs * 100) / tiltMs;
    leftMs -= turnMs;
    const moveMs = Math.min(leftMs, (Math.abs(end - this.#position) * wayMs) / 100);
    this.#position += (Math.sign(end - this.#position) * moveMs * 100) / wayMs;
    leftMs -= moveMs;
    if (leftMs > 0) this.#atEndMs += leftMs;
    this.longestAtEndMs = Math.max(this.longestAtEndMs, this.#atEndMs);
  }

  /** Looks at the pins, which somebody has driven. */
  #see(): void {
    this.#move();
    const { pins, activeLow } = this.#traits;
    const before = this.moves;
    for (const name of ["open", "close"] as const) {
      const isUsed = this.bank.history(pins[name]).length > 0;
      this.#isOn[name] = isUsed && (this.bank.level(pins[name]) === 1) !== activeLow;
    }
    if (this.#isOn.open && this.#isOn.close) this.wereBothOn = true;
    if (this.moves === before) return;
    const nowMs = this.#nowMs();
    const tookMs = nowMs - this.#changedMs;
    if (before === undefined) this.shortestPauseMs = Math.min(this.shortestPauseMs, tookMs);
    else this.longestRunMs[before] = Math.max(this.longestRunMs[before], tookMs);
    this.#changedMs = nowMs;
    this.#atEndMs = 0;
    this.#contacts();
  }

  /** Its end stops say where it is, now and when it will next come to an end or leave one. */
  #contacts(): void {
    const { endstops = {}, times } = this.#traits;
    for (const end of ["open", "close"] as const) {
      const pin = endstops[end];
      if (pin !== undefined && !this.dead.has(end))
        this.bank.drive(pin, Math.abs(this.#position - ends[end]) < nearlyPercent ? 0 : 1);
    }
    this.#cancelContact();
    const { moves } = this;
    if (moves === undefined || Object.keys(endstops).length === 0) return;
    const toEndMs = (Math.abs(ends[moves] - this.#position) * times[moves]) / 100;
    if (toEndMs < 1e-3) return;
    const isLeaving = Math.abs(this.#position - 50) > 49.999;
    this.#cancelContact = this.#clock().after(isLeaving ? Math.min(1, toEndMs) : toEndMs, () => {
      this.#move();
      this.#contacts();
    });
  }
}
