import { expect } from "vitest";
import { HouseOf } from "../../fakes/homes/house-of.ts";
import { FakeShutter, type ShutterTraits } from "../../fakes/homes/shutter.ts";

/** A shutter that opens in 20 s, closes in 10 s, and is 70 percent open. */
export const traits: ShutterTraits = {
  pins: { open: 22, close: 23 },
  activeLow: false,
  times: { open: 20_000, close: 10_000 },
  position: 70,
};

/** What a cover does where nothing is said of it, in milliseconds. */
export const deadTimeMs = 500;
export const overrunMs = 2_000;
export const debounceMs = 30;

/** The devices.yaml of such a shutter, with more options after a comma. */
export function yaml(more = "", activeLow = false): string {
  return `devices:\n  shade: {kind: cover, topic: shade, open_pin: 22, close_pin: 23, active_low: ${activeLow}, open_time: 20s, close_time: 10s${more}}\n`;
}

/** A house with a shutter, in which the program can be killed and started again. */
export class Home extends HouseOf<FakeShutter> {
  constructor(text = yaml(), some: Partial<ShutterTraits> = {}) {
    super(text, (clock, nowMs) => new FakeShutter({ ...traits, ...some }, clock, nowMs));
  }

  get shutter(): FakeShutter {
    return this.machine;
  }

  static async started(text?: string, some?: Partial<ShutterTraits>): Promise<Home> {
    const home = new Home(text, some);
    await home.start();
    return home;
  }

  /** One whose shutter is known to be closed. */
  static async closed(more = "", some: Partial<ShutterTraits> = {}): Promise<Home> {
    const home = await Home.started(yaml(more), { position: 0, tilt: 0, ...some });
    home.send("CLOSE");
    await home.pass(30_000);
    expect(home.said).toMatchObject({ state: "closed", position: 0 });
    return home;
  }

  send(payload: string, topic = "shade/set"): void {
    this.bus.receive(topic, payload);
  }

  /** Presses a button between this pin and ground. */
  async press(pin: number, ms = 100): Promise<void> {
    this.shutter.bank.drive(pin, 0);
    await this.pass(ms);
    this.shutter.bank.drive(pin, 1);
    await this.pass(100);
  }

  /** What it last said, without the time. */
  get said(): {
    readonly state: string | null;
    readonly position: number | null;
    readonly tilt?: number | null;
    readonly problem?: string | null;
  } {
    const { ts: _ts, ...values } = JSON.parse(this.bus.retained.get("shade/state") ?? "{}");
    return values;
  }

  /** What it has said so far, one after the other. */
  get allSaid(): string[] {
    return this.bus.on("shade/state").map((payload) => {
      const { state, position } = JSON.parse(payload);
      return `${state} ${position}`;
    });
  }

  /** The causes of what it has done so far without a command, one after the other. */
  get causes(): unknown[] {
    return this.house.log
      .at("info")
      .filter(({ message }) => message === "state")
      .map(({ cause }) => cause);
  }

  /** Why it has warned so far. */
  get warnings(): unknown[] {
    return this.house.log.at("warn").map(({ reason }) => reason);
  }
}
