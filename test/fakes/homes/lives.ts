import type { Level } from "../../../src/core/hardware/gpio.ts";
import type { PinName } from "../../../src/core/hardware/pin-name.ts";
import type { PublishOptions } from "../../../src/core/messages/bus.ts";
import { type SimulatedBank, simulatedBank } from "../../../src/gpio/simulated.ts";
import { FakeBus } from "../bus.ts";
import { FakeClock } from "../clock.ts";
import { type House, startHouse } from "../house.ts";
import { FakeStateFile } from "../state-file.ts";

/** A pin that was driven: its level, or the share of the time that it is high. */
export interface Driven {
  readonly pin: PinName;
  readonly value: number;
  readonly atMs: number;
  /** Which one it was among all that was driven and said. */
  readonly order: number;
}

/** A message that the agent published, whether or not there was a broker. */
export interface SaidThen {
  readonly topic: string;
  readonly payload: string;
  readonly atMs: number;
  /** Which one it was among all that was driven and said. */
  readonly order: number;
}

/** A house through the lives of its agent, which can be killed and started again; its pins, its broker and its disk stay. */
export class Lives {
  readonly stateFile = new FakeStateFile();
  /** Everything that was driven, in order. */
  readonly driven: Driven[] = [];
  /** Everything that was said, in order. */
  readonly said: SaidThen[] = [];
  /** The frequencies of the pulse trains that were claimed, in hertz. */
  readonly frequencies: number[] = [];
  readonly bus: FakeBus;
  readonly bank: SimulatedBank;
  /** Whether the pins answer with an error. */
  areBroken = false;
  #yaml: string;
  #house: House | undefined;
  #clock = new FakeClock();
  #beforeMs = 0;
  #count = 0;

  private constructor(yaml: string) {
    this.#yaml = yaml;
    const { said } = this;
    const when = () => this.#when();
    this.bus = new (class extends FakeBus {
      override publish(topic: string, payload: string, options?: PublishOptions): void {
        said.push({ topic, payload, ...when() });
        super.publish(topic, payload, options);
      }
    })();
    this.bank = this.#watched(simulatedBank());
  }

  static async begin(yaml: string): Promise<Lives> {
    const lives = new Lives(yaml);
    await lives.#start();
    return lives;
  }

  get house(): House {
    return this.#house as House;
  }

  /** Milliseconds since the first start. */
  get nowMs(): number {
    return this.#beforeMs + this.#clock.monotonicMs();
  }

  pass(ms: number): Promise<void> {
    return this.#clock.advance(ms);
  }

  /** The program is killed, so that nothing is brought to rest, and started again after a while, perhaps with another devices.yaml. */
  async kill(downMs = 0, yaml = this.#yaml): Promise<void> {
    await this.pass(0);
    this.#yaml = yaml;
    this.#beforeMs += this.#clock.monotonicMs() + downMs;
    this.#clock = new FakeClock();
    await this.#start();
  }

  /** The program is stopped in order, and started again. */
  async restart(yaml?: string): Promise<void> {
    const stopped = this.house.agent.stop();
    await this.pass(6_000);
    await stopped;
    await this.kill(0, yaml);
  }

  /** The JSON that is retained on a topic, without its time. */
  stateOn(topic: string): Record<string, unknown> {
    const { ts: _ts, ...values } = JSON.parse(this.bus.retained.get(topic) ?? "{}") as Record<string, unknown>;
    return values;
  }

  #when(): { readonly atMs: number; readonly order: number } {
    this.#count += 1;
    return { atMs: this.nowMs, order: this.#count };
  }

  async #start(): Promise<void> {
    const { bus, stateFile, bank } = this;
    this.#house = await startHouse(this.#yaml, { bus, stateFile, pins: bank, bank, clock: this.#clock });
  }

  #watched(bank: SimulatedBank): SimulatedBank {
    const refuse = () => {
      if (this.areBroken) throw new Error("the pin does not answer");
    };
    const note = (pin: PinName, value: number) => void this.driven.push({ pin, value, ...this.#when() });
    return {
      ...bank,
      output: async (pin, request) => {
        refuse();
        const line = await bank.output(pin, request);
        note(pin, line.read());
        const write = (level: Level) => {
          refuse();
          line.write(level);
          note(pin, level);
        };
        const read = () => {
          refuse();
          return line.read();
        };
        return { ...line, write, read };
      },
      pwm: async (pin, request) => {
        refuse();
        const line = await bank.pwm(pin, request);
        note(pin, request.duty);
        this.frequencies.push(request.frequencyHz);
        const write = (duty: number) => {
          refuse();
          line.write(duty);
          note(pin, duty);
        };
        return { ...line, write };
      },
    };
  }
}
