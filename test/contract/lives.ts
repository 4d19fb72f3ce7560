import type { DeviceKind } from "../../src/core/device.ts";
import type { Level } from "../../src/core/hardware/gpio.ts";
import type { PinName } from "../../src/core/hardware/pin-name.ts";
import { type ChosenPin, dutyFor, levelFor } from "../../src/core/pin.ts";
import { simulatedBank } from "../../src/gpio/simulated.ts";
import { driveToRest } from "../../src/safe-state.ts";
import { breakablePins } from "../fakes/breakable-pins.ts";
import { FakeBus } from "../fakes/bus.ts";
import { FakeClock, settled } from "../fakes/clock.ts";
import { FakeLog } from "../fakes/log.ts";
import { FakeStateFile } from "../fakes/state-file.ts";
import { exampleSettings, outputsOf, type SentCommand, startExample } from "./example-house.ts";

/** Something that happens to a house, besides commands and time. */
export type Happening = "kill" | "kill and safe-state" | "stop" | "break" | "repair" | "outside" | "lose broker";

/** Outputs are looked at every two seconds. */
const lookMs = 2_100;
/** A siren that says ON is silent for a moment now and then; a light needs its time to become dark. */
const patienceMs = 3_000;

/**
 * A kind's example through the lives of its agent, one after the other on the same pins and the same disk. A life that was killed does
 * nothing any more: its clock stands still.
 */
export class House {
  readonly #kind: DeviceKind;
  readonly #outputs: readonly ChosenPin[];
  readonly #pins = simulatedBank();
  readonly #disk = new FakeStateFile();
  #life: Awaited<ReturnType<typeof startExample>> | undefined;
  #clock = new FakeClock();
  #bus = new FakeBus();
  #broken: PinName | undefined;

  constructor(kind: DeviceKind) {
    this.#kind = kind;
    this.#outputs = outputsOf(kind);
  }

  async start(): Promise<void> {
    this.#clock = new FakeClock();
    this.#bus = new FakeBus();
    this.#life = await startExample(this.#kind, {
      kinds: [this.#kind],
      clock: this.#clock,
      bus: this.#bus,
      pins: this.#pins,
      bank: breakablePins(this.#pins, (pin) => pin === this.#broken),
      stateFile: this.#disk,
    });
  }

  async stop(): Promise<void> {
    const stopped = this.#life?.agent.stop();
    await this.#clock.advance(5_000);
    await stopped;
  }

  command(command: SentCommand | undefined): void {
    if (command !== undefined) this.#bus.receive(command.topic, command.payload);
  }

  async advance(ms: number): Promise<void> {
    await this.#clock.advance(ms);
  }

  async happen(what: Happening, number: number): Promise<void> {
    const { pin, role } = this.#outputs[number % this.#outputs.length] as ChosenPin;
    switch (what) {
      case "kill":
        return this.start();
      case "kill and safe-state":
        await driveToRest(exampleSettings(this.#kind), {
          pins: this.#pins,
          clock: new FakeClock(),
          log: new FakeLog(),
        });
        return this.start();
      case "stop":
        await this.stop();
        return this.start();
      case "break":
        this.#broken = pin;
        return;
      case "repair":
        this.#broken = undefined;
        // The longest pause before a device is set up anew.
        return this.advance(70_000);
      case "outside": {
        // Nobody can see what somebody else did to an output that cannot be read.
        if (role === "pwm" || this.#broken !== undefined) return;
        const line = await this.#pins.output(pin, { initial: 0, keep: true });
        line.write((number % 2) as Level);
        return this.advance(lookMs);
      }
      case "lose broker":
        this.#bus.disconnect();
        await this.advance(number);
        this.#bus.connect();
        await settled();
    }
  }

  /** What is said of the outputs and is not so; undefined where nothing is. It holds while an output cannot be driven, too. */
  async lie(): Promise<string | undefined> {
    const isPatient = this.#outputs.some(({ role }) => role === "pwm");
    for (let waitedMs = 0; ; waitedMs += 100) {
      const said = this.#said();
      const doing = this.#isAnyOn() ? "ON" : "OFF";
      if (said === undefined || said === doing) return undefined;
      if (waitedMs >= patienceMs || (said === "OFF" && !isPatient)) return `it says ${said} and is ${doing}`;
      await this.advance(100);
    }
  }

  #said(): "ON" | "OFF" | undefined {
    if (this.#life === undefined) return undefined;
    const payload = this.#bus.retained.get(this.#life.topics.state);
    const state = payload?.startsWith("{") ? (JSON.parse(payload) as { state?: unknown }).state : payload;
    return state === "ON" || state === "OFF" ? state : undefined;
  }

  #isAnyOn(): boolean {
    return this.#outputs.some((output) =>
      output.role === "pwm"
        ? this.#pins.duty(output.pin) !== dutyFor(0, output)
        : this.#pins.level(output.pin) === levelFor(true, output),
    );
  }
}
