import { simulatedBank } from "../../../src/gpio/simulated.ts";
import { type FailingBank, withPinFaults } from "../../../src/simulation/pin-faults.ts";
import { FakeBus } from "../../fakes/bus.ts";
import { FakeClock } from "../../fakes/clock.ts";
import { type House, startHouse } from "../../fakes/house.ts";
import { FakeStateFile } from "../../fakes/state-file.ts";

/** The pins of each light that the tests have, in the order of its powers. */
export const lampPins = {
  plain: { output_pin: 17 },
  dimmer: { pin: 18 },
  rgb: { red_pin: 12, green_pin: 13, blue_pin: 18 },
  rgbw: { red_pin: 12, green_pin: 13, blue_pin: 18, white_pin: 19 },
  cct: { cold_white_pin: 12, warm_white_pin: 13 },
} as const;

/** One of {@link lampPins}. */
export type LampName = keyof typeof lampPins;

/** What a light said, without the time. */
export interface LampState {
  readonly state: "ON" | "OFF";
  readonly brightness: number;
  readonly effect?: string;
  readonly color?: { readonly r: number; readonly g: number; readonly b: number; readonly w?: number };
  readonly color_temp?: number;
}

/** The devices.yaml of a light with the topic `lamp`. */
export function lampYaml(name: LampName, options = ""): string {
  const kelvin = name === "cct" ? ", cold_white_color_temperature: 5000, warm_white_color_temperature: 2500" : "";
  const pins = Object.entries(lampPins[name]).map(([option, pin]) => `${option}: ${pin}`);
  return `devices:\n  lamp: {kind: light, topic: lamp, ${pins.join(", ")}${kelvin}${options}}\n`;
}

/** A house with one light, whose program can be killed and started again, and whose pins can fail. */
export class Lamp {
  readonly bus = new FakeBus();
  readonly stateFile = new FakeStateFile();
  readonly pins = simulatedBank();
  readonly bank: FailingBank = withPinFaults(this.pins);
  /** All powers of the light that its pins have had, one after the other, each with when it began. */
  readonly history: { readonly atMs: number; readonly powers: readonly number[] }[] = [];
  readonly #yaml: string;
  readonly #name: LampName;
  #house: House | undefined;
  #clock = new FakeClock();
  #beforeMs = 0;

  constructor(name: LampName, options = "") {
    this.#name = name;
    this.#yaml = lampYaml(name, options);
  }

  /** One whose program has been running for a while, and knows the time, so that it says nothing again because of that. */
  static async started(name: LampName, options?: string): Promise<Lamp> {
    const lamp = new Lamp(name, options);
    await lamp.start();
    await lamp.pass(2_000);
    return lamp;
  }

  /** Starts the program; the one before, if it was killed, does nothing any more, since its clock stands still. */
  async start(): Promise<void> {
    const { bus, stateFile, pins } = this;
    const pwm: typeof pins.pwm = async (number, request) => {
      const line = await this.bank.pwm(number, request);
      this.#note();
      const write = (duty: number) => {
        line.write(duty);
        this.#note();
      };
      return { ...line, write };
    };
    const bank = { ...this.bank, pwm };
    this.#house = await startHouse(this.#yaml, { bus, stateFile, pins, bank, clock: this.#clock });
  }

  #note(): void {
    this.history.push({ atMs: this.nowMs, powers: this.powers });
  }

  /** The program is killed, and started again after a while, during which its pins stay as they are. */
  async kill(downMs = 0): Promise<void> {
    await this.pass(0);
    this.#beforeMs += this.#clock.monotonicMs() + downMs;
    this.#clock = new FakeClock();
    await this.start();
  }

  async restart(downMs = 0): Promise<void> {
    await this.house.agent.stop();
    await this.kill(downMs);
  }

  get house(): House {
    return this.#house as House;
  }

  get clock(): FakeClock {
    return this.#clock;
  }

  get nowMs(): number {
    return this.#beforeMs + this.#clock.monotonicMs();
  }

  pass(ms: number): Promise<void> {
    return this.#clock.advance(ms);
  }

  send(payload: string | object): void {
    this.bus.receive("lamp/set", typeof payload === "string" ? payload : JSON.stringify(payload));
  }

  /** The share of the time that each pin is high. */
  get powers(): readonly number[] {
    return Object.values(lampPins[this.#name]).map((pin) => this.pins.duty(pin) ?? this.pins.level(pin));
  }

  /** The same as whole numbers up to 255. */
  get levels(): readonly number[] {
    return this.powers.map((power) => Math.round(power * 255));
  }

  get isOnline(): boolean {
    return this.bus.retained.get("lamp/availability") === "online";
  }

  get said(): LampState {
    return stateIn(this.bus.retained.get("lamp/state"));
  }

  /** What it has said so far, one after the other. */
  get allSaid(): readonly LampState[] {
    return this.bus.on("lamp/state").map(stateIn);
  }

  /** Why the last command was refused. */
  get refusal(): unknown {
    return this.house.log.lines.filter(({ message }) => message === "refused a command").at(-1)?.["reason"];
  }
}

function stateIn(payload: string | undefined): LampState {
  const { ts: _ts, ...values } = JSON.parse(payload ?? "{}");
  return values;
}
