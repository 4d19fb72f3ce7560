import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ChosenPin, dutyFor, levelFor } from "../../src/core/pin.ts";
import { simulatedBank } from "../../src/gpio/simulated.ts";
import { FakeClock } from "../fakes/clock.ts";
import { notedPins } from "../fakes/pins/noted-pins.ts";
import { FakeStateFile } from "../fakes/state-file.ts";
import { runs } from "../property-runs.ts";
import { kindsWithOutputs, outputsOf, startExample, understoodCommands } from "./example-house.ts";

/** What somebody saw of the outputs who watched them all the time. */
class Watched {
  readonly pins = simulatedBank();
  readonly switchings = new Map<string, number>();
  readonly onMs = new Map<string, number>();
  readonly #since = new Map<string, number>();
  readonly #outputs: readonly ChosenPin[];
  readonly #clock: FakeClock;

  constructor(outputs: readonly ChosenPin[], clock: FakeClock) {
    this.#outputs = outputs;
    this.#clock = clock;
  }

  readonly bank = notedPins(this.pins, (pin) => {
    const output = this.#outputs.find((one) => one.pin === pin);
    if (output === undefined) return;
    const duty = this.pins.duty(pin);
    const isOn =
      output.role === "pwm" ? dutyFor(duty ?? 0, output) > 0 : this.pins.level(pin) === levelFor(true, output);
    const name = output.path.join("_");
    const since = this.#since.get(name);
    if (isOn && since === undefined) {
      this.switchings.set(name, (this.switchings.get(name) ?? 0) + 1);
      this.#since.set(name, this.#clock.monotonicMs());
    } else if (!isOn && since !== undefined) {
      this.onMs.set(name, (this.onMs.get(name) ?? 0) + this.#clock.monotonicMs() - since);
      this.#since.delete(name);
    }
  });
}

const steps = fc.array(fc.record({ command: fc.nat(10_000), ms: fc.nat(20_000) }), { minLength: 3, maxLength: 12 });

describe.each(kindsWithOutputs)("the use of the kind $kind", (kind) => {
  const commands = understoodCommands(kind);
  const outputs = outputsOf(kind);

  it("is what its outputs really did", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (some) => {
        const clock = new FakeClock();
        const watched = new Watched(outputs, clock);
        const stateFile = new FakeStateFile();
        const { agent, bus } = await startExample(kind, { clock, pins: watched.pins, bank: watched.bank, stateFile });
        for (const { command, ms } of some) {
          const { topic, payload } = commands[command % commands.length] ?? { topic: "", payload: "" };
          bus.receive(topic, payload);
          await clock.advance(ms);
        }
        const stopped = agent.stop();
        await clock.advance(5_000);
        await stopped;
        const kept = JSON.parse(stateFile.current ?? '{"devices":{}}').devices.it?.use?.outputs ?? {};
        for (const { path } of outputs) {
          const name = path.join("_");
          expect(kept[name]?.switchings ?? 0, name).toBe(watched.switchings.get(name) ?? 0);
          expect(kept[name]?.on_s ?? 0, name).toBeCloseTo((watched.onMs.get(name) ?? 0) / 1_000, 1);
        }
      }),
      { numRuns: runs(12) },
    );
  });
});
