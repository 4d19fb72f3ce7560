import type { Level } from "../core/hardware/gpio.ts";
import type { DriveInput, EncoderInput, TurnEncoder } from "../core/simulation/scenario.ts";
import type { Clock } from "../core/time/clock.ts";
import type { SimulatedWorld } from "./simulated-world.ts";

/** What moves inputs from outside needs. */
export interface HandPorts {
  readonly pins: Pick<SimulatedWorld["pins"], "drive">;
  readonly clock: Pick<Clock, "monotonicMs">;
  readonly after: (ms: number, task: () => void) => void;
}

/** The contact closes, bounces back the given number of times, and then is steady. It may go back later. */
export function driveInput({ pin, level, bounces, withinMs, forMs }: DriveInput, ports: HandPorts): void {
  const away = other(level);
  inSteps(2 * bounces, withinMs, ports, (edge) => ports.pins.drive(pin, edge % 2 === 0 ? level : away));
  if (forMs !== undefined) ports.after(withinMs + forMs, () => ports.pins.drive(pin, away));
}

/** Each notch is four edges: the first contact closes, the second closes, the first opens, the second opens. Backward the second is first. */
export function turnEncoder({ inputs, notches, withinMs }: TurnEncoder, ports: HandPorts): void {
  const drive = (isClosed: boolean, { pin, closedLevel }: EncoderInput) =>
    ports.pins.drive(pin, isClosed ? closedLevel : other(closedLevel));
  for (const input of inputs) drive(false, input);
  const [first, second] = notches > 0 ? inputs : [inputs[1], inputs[0]];
  inSteps(4 * Math.abs(notches) - 1, withinMs, ports, (edge) => drive(edge % 4 < 2, edge % 2 === 0 ? first : second));
}

function other(level: Level): Level {
  return level === 1 ? 0 : 1;
}

/** Does something at once and then `more` times in even steps, the last time after `withinMs` milliseconds. */
function inSteps(more: number, withinMs: number, { clock, after }: HandPorts, step: (index: number) => void): void {
  const startMs = clock.monotonicMs();
  const go = (index: number) => {
    step(index);
    if (index === more) return;
    const nextMs = startMs + ((index + 1) * withinMs) / more;
    after(Math.max(0, nextMs - clock.monotonicMs()), () => go(index + 1));
  };
  go(0);
}
