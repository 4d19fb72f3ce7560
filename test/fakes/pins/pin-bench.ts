import { setImmediate } from "node:timers/promises";
import type { DeviceGpio } from "../../../src/core/device-gpio.ts";
import type { GpioPins } from "../../../src/core/hardware/gpio.ts";
import type { PinName } from "../../../src/core/hardware/pin-name.ts";
import type { Limits } from "../../../src/core/outputs/limits.ts";
import type { ChosenPin, PinRole } from "../../../src/core/pin.ts";
import type { Store } from "../../../src/core/store.ts";
import { type SimulatedBank, simulatedBank } from "../../../src/gpio/simulated.ts";
import { Causes } from "../../../src/runtime/device/causes.ts";
import { Waits } from "../../../src/runtime/device/waits.ts";
import type { Interlock } from "../../../src/runtime/guard/guard-ports.ts";
import { NewestTimes } from "../../../src/runtime/guard/newest-times.ts";
import { DevicePins } from "../../../src/runtime/pins/device-pins.ts";
import { LineLooks } from "../../../src/runtime/pins/line-looks.ts";
import { lookAgainMs } from "../../../src/runtime/pins/pin-ports.ts";
import { FakeClock } from "../clock.ts";
import { lastingOver } from "../lasting.ts";

/** A pin as an option would choose it. */
export function chosenPin(pin: PinName, role: PinRole, more: Partial<ChosenPin> = {}): ChosenPin {
  const option = `pin_${pin}`;
  const rest = { role, activeLow: false, pull: "none", initial: "off", rest: "off" } as const;
  return { option, path: [option], which: String(pin), pin, ...rest, ...more };
}

/** The pins of one device over pretended ones, and what stops them. */
export interface PinBench {
  readonly gpio: DeviceGpio;
  readonly clock: FakeClock;
  readonly bank: SimulatedBank;
  readonly failures: Error[];
  /** Brings the device to rest. */
  stop(): Promise<void>;
}

/** Makes the pins of a device as the runtime does, over a bank or over what a test puts before it. */
export function pinBench(
  chosen: readonly ChosenPin[],
  {
    limits = {},
    clock = new FakeClock(),
    bank = simulatedBank(clock),
    pins = bank,
    interlock,
    keep = keptInMemory(),
    isStarting = () => false,
  }: {
    limits?: Limits;
    clock?: FakeClock;
    bank?: SimulatedBank;
    pins?: GpioPins;
    interlock?: Interlock;
    keep?: Store["keep"];
    isStarting?: () => boolean;
  } = {},
): PinBench {
  const failures: Error[] = [];
  const releases: (() => void | Promise<void>)[] = [];
  const gpio = new DevicePins({
    pins,
    chosen,
    clock,
    looks: new LineLooks(clock, lookAgainMs),
    lasting: lastingOver(clock),
    causes: new Causes(),
    times: new NewestTimes(),
    switchOn: () => {},
    switchedBy: () => {},
    waits: new Waits(() => clock.monotonicMs()),
    isStarting,
    limits,
    interlock,
    keep,
    onStop: (release) => releases.push(release),
    fail: (error) => failures.push(error),
  });
  return {
    gpio,
    clock,
    bank,
    failures,
    async stop() {
      await Promise.all(releases.reverse().map((release) => release()));
      await setImmediate();
    },
  };
}

/** Keeps values as long as it is used; pass it to a second bench to keep them over a restart. */
export function keptInMemory(): Store["keep"] {
  const values = new Map<string, unknown>();
  return (name, schema, initial) => {
    const known = schema.safeParse(values.get(name));
    let value = known.success ? known.data : initial;
    return {
      get value() {
        return value;
      },
      set(next) {
        value = next;
        values.set(name, next);
      },
      save: async () => true,
    };
  };
}
