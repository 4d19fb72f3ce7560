import type { Level } from "../../../src/core/hardware/gpio.ts";
import { simulatedBank } from "../../../src/gpio/simulated.ts";
import { FakeClock } from "../../fakes/clock.ts";
import { type HouseParts, startHouse } from "../../fakes/house.ts";

export const pinA = 23;
export const pinB = 24;
export const buttonPin = 25;

/** The levels of the contacts in one cycle, clockwise, beginning where the knob rests: both contacts are open. */
const cycle: readonly (readonly [a: Level, b: Level])[] = [
  [1, 1],
  [0, 1],
  [0, 0],
  [1, 0],
];

/** A hand at an encoder: it knows where in the cycle the knob is. */
export class Hand {
  #place = 0;
  readonly #drive: (pin: number, level: Level) => void;

  constructor(drive: (pin: number, level: Level) => void) {
    this.#drive = drive;
  }

  /** Turns to the next edge, clockwise with 1 and back with -1. The contact springs back so many times before it stays. */
  edge(direction: 1 | -1, springs = 0): void {
    const before = cycle[this.#place] as readonly [Level, Level];
    this.#place = (this.#place + direction + 4) % 4;
    const after = cycle[this.#place] as readonly [Level, Level];
    const index = before[0] === after[0] ? 1 : 0;
    const pin = index === 0 ? pinA : pinB;
    for (let spring = 0; spring < springs; spring += 1) {
      this.#drive(pin, after[index]);
      this.#drive(pin, before[index]);
    }
    this.#drive(pin, after[index]);
  }

  /** Turns by so many cycles; negative: anticlockwise. */
  turn(cycles: number, springs = 0): void {
    for (let edge = 0; edge < Math.abs(cycles) * 4; edge += 1) this.edge(cycles > 0 ? 1 : -1, springs);
  }
}

/** A devices.yaml with one knob. */
export const knobFile = (more = "") =>
  `devices:\n  knob: {kind: rotary, topic: knob, pin_a: ${pinA}, pin_b: ${pinB}${more}}\n`;

/** A house with one knob, whose hand is the test's. */
export async function withKnob(more = "", parts: HouseParts = {}) {
  const clock = parts.clock ?? new FakeClock();
  const pins = parts.pins ?? simulatedBank(clock);
  const house = await startHouse(knobFile(more), { ...parts, clock, pins });
  const hand = new Hand((pin, level) => pins.drive(pin, level));
  const position = () => (JSON.parse(house.bus.retained.get("knob") ?? "{}") as { position?: number }).position;
  const events = (name: string) =>
    house.bus.on(`knob/${name}`).map((text) => (JSON.parse(text) as { event_type: string }).event_type);
  /** Turns by so many cycles, and lets time pass until the position is said. */
  const turn = async (cycles: number, springs = 0) => {
    hand.turn(cycles, springs);
    await clock.advance(200);
  };
  return { ...house, hand, position, events, turn };
}
