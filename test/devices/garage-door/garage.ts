import { FakeGarage, type GarageTraits } from "../../fakes/homes/garage.ts";
import { HouseOf } from "../../fakes/homes/house-of.ts";

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
export class Garage extends HouseOf<FakeGarage> {
  constructor(text = yaml(), some: Partial<GarageTraits> = {}) {
    super(text, (clock, nowMs) => new FakeGarage({ ...traits, ...some }, clock, nowMs));
  }

  get door(): FakeGarage {
    return this.machine;
  }

  static async started(text?: string, some?: Partial<GarageTraits>): Promise<Garage> {
    const garage = new Garage(text, some);
    await garage.start();
    await garage.pass(deadTimeMs);
    return garage;
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
