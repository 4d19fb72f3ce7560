import type { DeviceSettings } from "../core/device.ts";
import type { GpioBank, GpioPins, Level } from "../core/hardware/gpio.ts";
import type { Log } from "../core/log/log.ts";
import type { Clock } from "../core/time/clock.ts";
import { type FailingBank, withPinFaults } from "./pin-faults.ts";
import { type SimulatedRoom, simulatedRoom } from "./room.ts";
import { WatchedBus } from "./watched-bus.ts";

/** Pretended pins whose inputs can be driven from outside, such as those of gpio/simulated.ts. */
export interface DrivablePins extends Omit<GpioBank, keyof GpioPins>, GpioPins {
  drive(pin: number, level: Level): void;
}

/** Everything around an agent that a scenario can move. */
export interface Stage {
  readonly devices: ReadonlyMap<string, DeviceSettings>;
  readonly clock: Clock;
  readonly log: Log;
  /** The sensors: `files` and `isolate` are the agent's. */
  readonly room: SimulatedRoom;
  /** The pins: the agent claims these. */
  readonly pins: FailingBank & Pick<DrivablePins, "drive">;
  /** The way to the broker: the agent's `connectBus` leads through it. */
  readonly bus: WatchedBus;
}

/** Pretends all hardware of these devices. Where no scenario moves anything, readings drift and inputs rest at their pull. */
export function setStage(
  devices: readonly DeviceSettings[],
  bank: DrivablePins,
  { clock, log }: { clock: Clock; log: Log },
): Stage {
  return {
    devices: new Map(devices.map((device) => [device.id, device])),
    clock,
    log,
    room: simulatedRoom(devices, clock),
    pins: { ...withPinFaults(bank), drive: bank.drive },
    bus: new WatchedBus(),
  };
}
