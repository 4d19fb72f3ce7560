import type { DeviceSettings } from "../core/device-settings.ts";
import type { Log } from "../core/log/log.ts";
import { type ChosenPin, chosenPins } from "../core/pin.ts";
import type { AnyMechanism, InputLevels, Powers, RoutineStep } from "../core/simulation/pretended-inputs.ts";
import type { Cancel, Clock } from "../core/time/clock.ts";
import { isOutput, type WatchedOutputs } from "./watched-outputs.ts";

/** What the pretended inputs of devices need. */
export interface InputPorts {
  readonly clock: Pick<Clock, "after" | "monotonicMs">;
  readonly log: Log;
  readonly outputs: WatchedOutputs;
  /** How long the routine of the device waits before it begins, in milliseconds. Undefined: it has none. */
  readonly routineAfterMs: number | undefined;
  /** Drives an input to what it means to its device. */
  readonly drive: (input: ChosenPin, on: boolean) => void;
}

/** Moves the inputs of a device as its kind describes it, from now on. Returns what ends that. */
export function startInputs({ id, kind, options }: DeviceSettings, ports: InputPorts): Cancel {
  const pins = chosenPins(kind.options, options);
  const drive = (levels: InputLevels) => {
    for (const pin of pins) {
      const on = pin.role === "input" ? levels[nameOf(pin)] : undefined;
      if (on !== undefined) ports.drive(pin, on);
    }
  };
  const made = kind.pretend?.mechanism?.(options);
  const stopMechanism = made && new RunningMechanism(made, pins.filter(isOutput), drive, ports).start();
  const steps = kind.pretend?.routine?.(options) ?? [];
  // A routine goes round and round: it begins as its last step leaves it.
  if (ports.routineAfterMs !== undefined) drive(Object.assign({}, ...steps.map(({ inputs }) => inputs)));
  const stopRoutine = startRoutine(steps, ports, (inputs) => {
    ports.log.debug({ device: id, ...inputs }, "somebody is pretended to change an input");
    drive(inputs);
  });
  return () => {
    stopMechanism?.();
    stopRoutine();
  };
}

/** How a kind calls a pin: by its option, or for a list of pins by the option and the place in it, such as `speed_pins.0`. */
function nameOf({ path }: ChosenPin): string {
  return path.join(".");
}

/** Lets a mechanism go on with the time and with what the outputs do. Between two changes nothing runs. */
class RunningMechanism {
  readonly #mechanism: AnyMechanism;
  readonly #outputs: readonly ChosenPin[];
  readonly #drive: (levels: InputLevels) => void;
  readonly #ports: InputPorts;
  #state: unknown;
  #powers: Powers;
  #atMs: number;
  #cancel: Cancel = () => {};

  constructor(
    mechanism: AnyMechanism,
    outputs: readonly ChosenPin[],
    drive: (levels: InputLevels) => void,
    ports: InputPorts,
  ) {
    this.#mechanism = mechanism;
    this.#outputs = outputs;
    this.#drive = drive;
    this.#ports = ports;
    this.#state = mechanism.start;
    this.#powers = this.#seen();
    this.#atMs = ports.clock.monotonicMs();
  }

  start(): Cancel {
    this.#ports.outputs.watch(this.#outputs, () => this.#change());
    this.#show();
    return () => this.#cancel();
  }

  #seen(): Powers {
    return Object.fromEntries(this.#outputs.map((output) => [nameOf(output), this.#ports.outputs.power(output)]));
  }

  /** An output has changed. Its inputs follow when the agent has done what it is doing: no edge comes in the middle of a write. */
  #change(): void {
    this.#pass();
    this.#powers = this.#seen();
    this.#state = this.#mechanism.step(this.#state, this.#powers, 0);
    this.#cancel();
    this.#cancel = this.#ports.clock.after(0, () => this.#show());
  }

  #pass(): void {
    const nowMs = this.#ports.clock.monotonicMs();
    this.#state = this.#mechanism.step(this.#state, this.#powers, nowMs - this.#atMs);
    this.#atMs = nowMs;
  }

  #show(): void {
    this.#cancel();
    this.#drive(this.#mechanism.inputs(this.#state));
    const nextMs = this.#mechanism.nextMs(this.#state, this.#powers);
    if (nextMs === undefined) return;
    // Whole milliseconds, and at least one: nothing may change again and again in no time.
    this.#cancel = this.#ports.clock.after(Math.max(1, Math.ceil(nextMs)), () => {
      this.#pass();
      this.#show();
    });
  }
}

function startRoutine(
  steps: readonly RoutineStep[],
  { clock, routineAfterMs }: InputPorts,
  drive: (levels: InputLevels) => void,
): Cancel {
  let cancel: Cancel = () => {};
  const go = (index: number, extraMs: number) => {
    const step = steps[index % steps.length];
    if (step === undefined) return;
    cancel = clock.after(extraMs + Math.max(1, step.afterMs), () => {
      drive(step.inputs);
      go(index + 1, 0);
    });
  };
  if (routineAfterMs !== undefined) go(0, routineAfterMs);
  return () => cancel();
}
