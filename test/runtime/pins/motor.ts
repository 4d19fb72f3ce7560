import type { Level } from "../../../src/core/hardware/gpio.ts";
import type { PinName } from "../../../src/core/hardware/pin-name.ts";
import { type SimulatedBank, simulatedBank } from "../../../src/gpio/simulated.ts";
import { FakeClock } from "../../fakes/clock.ts";
import { type House, startHouse } from "../../fakes/house.ts";
import { FakeStateFile } from "../../fakes/state-file.ts";

/** The outputs of the group, by their devices. */
export const pinOf = { up: 17, down: 27, aside: 22 } as const;
/** A device of the group. */
export type Name = keyof typeof pinOf;
export const names = Object.keys(pinOf) as Name[];
/** How long all are off before another one goes on, in milliseconds. */
export const waitMs = 500;

/** A devices.yaml of the group, with more options for some of its devices. */
export function yamlOf(more: Partial<Record<Name, string>> = {}, some: readonly Name[] = names): string {
  const lines = some.map(
    (name) =>
      `  ${name}: {kind: relay, topic: ${name}, pin: ${pinOf[name]}, interlock: motor, interlock_wait: ${waitMs}ms${more[name] ?? ""}}\n`,
  );
  return `devices:\n${lines.join("")}`;
}

/** A change of an output. */
export interface Change {
  readonly pin: PinName;
  readonly on: boolean;
  readonly atMs: number;
}

/** Pins that outlive agents. Each change is written down with its time; a pin can be stuck, so that writing to it fails. */
export class Motor {
  readonly clock = new FakeClock();
  readonly bank = simulatedBank(this.clock);
  readonly changes: Change[] = [];
  readonly stateFile = new FakeStateFile();
  readonly stuck = new Set<PinName>();
  house: House | undefined;
  /** Forgets agents that were killed: their writes reach no pin. */
  #life = 0;
  readonly #yaml: string;

  constructor(yaml: string) {
    this.#yaml = yaml;
  }

  async start(): Promise<void> {
    this.#life += 1;
    const { clock, stateFile } = this;
    this.house = await startHouse(this.#yaml, { clock, stateFile, pins: this.#pins(this.#life) });
  }

  kill(): void {
    this.#life += 1;
    this.house = undefined;
  }

  isOn(name: Name): boolean {
    return this.bank.level(pinOf[name]) === 1;
  }

  get on(): readonly Name[] {
    return names.filter((name) => this.isOn(name));
  }

  #pins(life: number): SimulatedBank {
    const output: SimulatedBank["output"] = async (pin, request) => {
      if (this.stuck.has(pin)) throw new Error(`pin ${pin} is stuck`);
      const before = this.bank.level(pin);
      const line = await this.bank.output(pin, request);
      if (this.bank.level(pin) !== before) this.#note(pin, this.bank.level(pin));
      return {
        ...line,
        write: (level) => {
          if (life !== this.#life) return;
          if (this.stuck.has(pin)) throw new Error(`pin ${pin} is stuck`);
          if (level !== line.read()) this.#note(pin, level);
          line.write(level);
        },
      };
    };
    return { ...this.bank, output };
  }

  #note(pin: PinName, level: Level): void {
    this.changes.push({ pin, on: level === 1, atMs: this.clock.monotonicMs() });
  }
}
