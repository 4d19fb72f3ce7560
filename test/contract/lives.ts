import type { DeviceGpio } from "../../src/core/device-gpio.ts";
import type { Level } from "../../src/core/hardware/gpio.ts";
import type { PinName } from "../../src/core/hardware/pin-name.ts";
import type { DeviceKind } from "../../src/core/kind.ts";
import { type ChosenPin, dutyFor, levelFor } from "../../src/core/pin.ts";
import { type SimulatedBank, simulatedBank } from "../../src/gpio/simulated.ts";
import { driveToRest } from "../../src/safe-state.ts";
import { FakeBus } from "../fakes/bus.ts";
import { FakeClock, settled } from "../fakes/clock.ts";
import { FakeLog } from "../fakes/log.ts";
import { breakablePins } from "../fakes/pins/breakable-pins.ts";
import { notedPins } from "../fakes/pins/noted-pins.ts";
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
  /** What was wrong with outputs of which the kind said that never two are on. */
  readonly faults: string[] = [];
  readonly #kind: DeviceKind;
  readonly #outputs: readonly ChosenPin[];
  readonly #pins = simulatedBank();
  readonly #disk = new FakeStateFile();
  #life: Awaited<ReturnType<typeof startExample>> | undefined;
  #clock = new FakeClock();
  #bus = new FakeBus();
  #broken: PinName | undefined;
  /** How long the lives before this one were, together. */
  #earlierMs = 0;
  /** Since when each output is on. */
  readonly #onSinceMs = new Map<PinName, number>();
  readonly #offSinceMs = new Map<PinName, number>();
  #longestOnMs = 0;
  /** The pins of each selector, with its dead time, by their names. */
  readonly #groups = new Map<string, { readonly pins: readonly PinName[]; readonly deadTimeMs: number }>();

  constructor(kind: DeviceKind) {
    this.#outputs = outputsOf(kind);
    this.#kind = {
      ...kind,
      setup: (options, context) => {
        const { gpio } = context;
        const selector: DeviceGpio["selector"] = (pins, request) => {
          const group = { pins: Object.values<PinName>(pins), deadTimeMs: request.deadTimeMs };
          this.#groups.set(String(group.pins), group);
          return gpio.selector(pins, request);
        };
        const watched = new Proxy(gpio, {
          get: (pins, name: keyof DeviceGpio) => (name === "selector" ? selector : pins[name].bind(pins)),
        });
        return kind.setup(options, Object.create(context, { gpio: { value: watched } }));
      },
    };
  }

  /** Whether the kind has outputs of which never two are on. */
  get hasSelector(): boolean {
    return this.#groups.size > 0;
  }

  async start(): Promise<void> {
    this.#earlierMs = this.#nowMs;
    this.#clock = new FakeClock();
    this.#bus = new FakeBus();
    this.#life = await startExample(this.#kind, {
      clock: this.#clock,
      bus: this.#bus,
      pins: this.#pins,
      bank: this.#noted(breakablePins(this.#pins, (pin) => pin === this.#broken)),
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
        await this.#safeState();
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

  /** The longest time, in milliseconds, for which an output was on without a pause, or has been until now. */
  get longestOnMs(): number {
    for (const { pin } of this.#outputs) this.#note(pin);
    return this.#longestOnMs;
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

  get #nowMs(): number {
    return this.#earlierMs + this.#clock.monotonicMs();
  }

  async #safeState(): Promise<void> {
    const pins = this.#noted(this.#pins);
    await driveToRest(exampleSettings(this.#kind), { pins, clock: new FakeClock(), log: new FakeLog() });
  }

  #noted(bank: SimulatedBank): SimulatedBank {
    return notedPins(bank, (pin) => this.#note(pin));
  }

  #note(pin: PinName): void {
    const output = this.#outputs.find((one) => one.pin === pin);
    if (output === undefined) return;
    const sinceMs = this.#onSinceMs.get(pin);
    if (sinceMs !== undefined) this.#longestOnMs = Math.max(this.#longestOnMs, this.#nowMs - sinceMs);
    if (this.#isOn(output) === (sinceMs !== undefined)) return;
    if (sinceMs === undefined) this.#wentOn(pin);
    else this.#onSinceMs.delete(pin);
    if (sinceMs !== undefined) this.#offSinceMs.set(pin, this.#nowMs);
  }

  #wentOn(pin: PinName): void {
    this.#onSinceMs.set(pin, this.#nowMs);
    for (const { pins, deadTimeMs } of this.#groups.values())
      for (const other of pins.includes(pin) ? pins.filter((one) => one !== pin) : []) {
        if (this.#onSinceMs.has(other)) this.faults.push(`${pin} and ${other} are on together`);
        const pauseMs = this.#nowMs - (this.#offSinceMs.get(other) ?? Number.NEGATIVE_INFINITY);
        if (pauseMs < deadTimeMs) this.faults.push(`${pin} is on ${pauseMs} ms after ${other}`);
      }
  }

  #isAnyOn(): boolean {
    return this.#outputs.some((output) => this.#isOn(output));
  }

  #isOn(output: ChosenPin): boolean {
    return output.role === "pwm"
      ? this.#pins.duty(output.pin) !== dutyFor(0, output)
      : this.#pins.level(output.pin) === levelFor(true, output);
  }
}
