import { FakeBus } from "../../fakes/bus.ts";
import { FakeClock } from "../../fakes/clock.ts";
import { FakeGarage, type GarageTraits } from "../../fakes/homes/garage.ts";
import { type House, startHouse } from "../../fakes/house.ts";
import { FakeStateFile } from "../../fakes/state-file.ts";

/** A closed door that takes 15 s to open and 20 s to close, with a contact at each end. */
export const traits: GarageTraits = {
  button: 22,
  activeLow: false,
  contacts: { close: 5, open: 6 },
  times: { open: 15_000, close: 20_000 },
  position: 0,
  reverses: false,
};

export const both = ", closed_contact_pin: 5, open_contact_pin: 6";
export const pulseMs = 500;
export const deadTimeMs = 1_000;
export const marginMs = 5_000;

/** The devices.yaml of such a door, with more options after a comma. */
export function yaml(more = both): string {
  return `devices:\n  door: {kind: garage_door, topic: door, button_pin: 22, open_time: 15s, close_time: 20s${more}}\n`;
}

/** A house with a garage door, in which the program can be killed and started again. */
export class Garage {
  readonly bus = new FakeBus();
  readonly stateFile = new FakeStateFile();
  readonly door: FakeGarage;
  readonly #yaml: string;
  #house: House | undefined;
  #clock = new FakeClock();
  #beforeMs = 0;

  constructor(text = yaml(), some: Partial<GarageTraits> = {}) {
    this.#yaml = text;
    this.door = new FakeGarage(
      { ...traits, ...some },
      () => this.#clock,
      () => this.nowMs,
    );
  }

  /** One that has been set up for long enough to take commands at once. */
  static async started(text?: string, some?: Partial<GarageTraits>): Promise<Garage> {
    const garage = new Garage(text, some);
    await garage.start();
    await garage.pass(deadTimeMs);
    return garage;
  }

  async start(): Promise<void> {
    const { bus, stateFile, door } = this;
    this.#house = await startHouse(this.#yaml, {
      bus,
      stateFile,
      pins: door.bank,
      bank: door.bank,
      clock: this.#clock,
    });
  }

  /** The program is killed, and started again after a while, during which its pins stay as they are. */
  async kill(downMs = 0): Promise<void> {
    await this.pass(0);
    this.#beforeMs += this.#clock.monotonicMs() + downMs;
    this.#clock = new FakeClock();
    this.door.goOn();
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

  send(payload: string, topic = "door/set"): void {
    this.bus.receive(topic, payload);
  }

  /** How often the relay has pressed the button. */
  get pulses(): number {
    return this.door.pulses.length;
  }

  /** What it last said, without the time. */
  get said(): { readonly state: string | null; readonly problem: string | null } {
    const { ts: _ts, ...values } = JSON.parse(this.bus.retained.get("door/state") ?? "{}");
    return values;
  }

  /** What it has said so far, one after the other, without what it has said again. */
  get allSaid(): string[] {
    const said = this.bus.on("door/state").map((payload) => String(JSON.parse(payload).state));
    return said.filter((state, index) => state !== said[index - 1]);
  }

  /** Why it has warned so far. */
  get warnings(): string[] {
    return this.house.log.at("warn").map(({ reason }) => String(reason));
  }
}
