import type { SimulatedBank } from "../../../src/gpio/simulated.ts";
import { FakeBus } from "../bus.ts";
import { FakeClock } from "../clock.ts";
import { type House, startHouse } from "../house.ts";
import { FakeStateFile } from "../state-file.ts";

/** A machine whose motor and contacts are on simulated pins. It outlives the program. */
interface Machine {
  readonly bank: SimulatedBank;
  /** Another program runs now, with a clock of its own. */
  goOn(): void;
}

/** A house with a machine, in which the program can be killed and started again. */
export class HouseOf<Kind extends Machine> {
  readonly bus = new FakeBus();
  readonly stateFile = new FakeStateFile();
  readonly machine: Kind;
  readonly #yaml: string;
  #house: House | undefined;
  #clock = new FakeClock();
  #beforeMs = 0;

  /** `make` makes the machine, by the clock of the program that runs now, and by the time of the house. */
  constructor(yaml: string, make: (clock: () => FakeClock, nowMs: () => number) => Kind) {
    this.#yaml = yaml;
    this.machine = make(
      () => this.#clock,
      () => this.nowMs,
    );
  }

  /** Starts the program; the one before, if it was killed, does nothing any more, since its clock stands still. */
  async start(): Promise<void> {
    const { bus, stateFile } = this;
    const { bank } = this.machine;
    this.#house = await startHouse(this.#yaml, { bus, stateFile, pins: bank, bank, clock: this.#clock });
  }

  /** The program is killed, and started again after a while, during which its pins stay as they are. */
  async kill(downMs = 0): Promise<void> {
    await this.pass(0);
    this.#beforeMs += this.#clock.monotonicMs() + downMs;
    this.#clock = new FakeClock();
    this.machine.goOn();
    await this.start();
  }

  async restart(downMs = 0): Promise<void> {
    await this.#house?.agent.stop();
    await this.kill(downMs);
  }

  get house(): House {
    return this.#house as House;
  }

  /** The time of the house, in milliseconds. */
  get nowMs(): number {
    return this.#beforeMs + this.#clock.monotonicMs();
  }

  pass(ms: number): Promise<void> {
    return this.#clock.advance(ms);
  }
}
