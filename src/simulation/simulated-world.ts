import type { DeviceSettings } from "../core/device.ts";
import type { GpioBank, GpioPins, Level } from "../core/hardware/gpio.ts";
import type { PinName } from "../core/hardware/pin-name.ts";
import type { Log } from "../core/log/log.ts";
import type { Clock } from "../core/time/clock.ts";
import { type FailingBank, withPinFaults } from "./pin-faults.ts";
import { type SimulatedRoom, simulatedRoom } from "./room.ts";
import { WatchedBus } from "./watched-bus.ts";

/** Simulated pins whose inputs can be driven from outside, such as those of gpio/simulated.ts. */
export interface DrivablePins extends Omit<GpioBank, keyof GpioPins>, GpioPins {
  drive(pin: PinName, level: Level): void;
}

/** Everything around a simulated agent, so that a scenario can change it. */
export interface SimulatedWorld {
  readonly devices: ReadonlyMap<string, DeviceSettings>;
  readonly clock: Clock;
  readonly log: Log;
  /** The sensors. The agent gets its `files` and `isolate`. */
  readonly room: SimulatedRoom;
  /** The pins that the agent claims. */
  readonly pins: FailingBank & Pick<DrivablePins, "drive">;
  /** The way to the broker. The agent's `connectBus` uses it. */
  readonly bus: WatchedBus;
}

/**
 * Simulates all hardware of these devices. As long as no scenario changes anything, readings drift and inputs have the level of their pull.
 */
export function simulatedWorld(
  devices: readonly DeviceSettings[],
  bank: DrivablePins,
  { clock, log }: { clock: Clock; log: Log },
): SimulatedWorld {
  return {
    devices: new Map(devices.map((device) => [device.id, device])),
    clock,
    log,
    room: simulatedRoom(devices, clock),
    pins: { ...withPinFaults(bank), drive: bank.drive },
    bus: new WatchedBus(),
  };
}
