import type { DeviceSettings } from "../core/device-settings.ts";
import type { PinName } from "../core/hardware/pin-name.ts";
import type { Log } from "../core/log/log.ts";
import { levelFor } from "../core/pin.ts";
import type { Cancel, Clock } from "../core/time/clock.ts";
import type { DrivablePins } from "./drivable-pins.ts";
import { startEffects } from "./effects.ts";
import { type FailingBank, withPinFaults } from "./pin-faults.ts";
import { type InputPorts, startInputs } from "./pretended-inputs.ts";
import { type SimulatedRoom, simulatedRoom } from "./room.ts";
import { WatchedBus } from "./watched-bus.ts";
import { watchedOutputs } from "./watched-outputs.ts";

/** How much later the routine of each device begins than that of the one before, so that not everything happens at once. */
const betweenRoutinesMs = 7_000;

/** Everything around a simulated agent, so that a scenario can change it. */
export interface SimulatedWorld {
  readonly devices: ReadonlyMap<string, DeviceSettings>;
  readonly clock: Clock;
  readonly log: Log;
  /** The sensors. The agent gets its `files` and `isolate`. */
  readonly room: SimulatedRoom;
  /** The pins that the agent claims. An input that a scenario has driven once is no longer moved by anything else. */
  readonly pins: FailingBank & Pick<DrivablePins, "drive">;
  /** The way to the broker. The agent's `connectBus` uses it. */
  readonly bus: WatchedBus;
  /** The topic above those of the rules. */
  readonly rulesTopic: string;
  /** Ends what happens by itself. */
  readonly stop: Cancel;
}

/** What a simulated world needs. */
export interface WorldPorts {
  readonly clock: Clock;
  readonly log: Log;
  /** Whether people and meters do something without being asked. In a scenario they do not. */
  readonly routines: boolean;
  /** The topic above those of the agent's rules. Default: none that matters. */
  readonly rulesTopic?: string;
}

/**
 * Simulates all hardware of these devices. As long as no scenario changes anything, readings drift and follow what outputs do to them, and
 * inputs follow the outputs of their own device. All other inputs have the level of their pull.
 */
export function simulatedWorld(
  devices: readonly DeviceSettings[],
  bank: DrivablePins,
  ports: WorldPorts,
): SimulatedWorld {
  const { clock, log, routines } = ports;
  const byId = new Map(devices.map((device) => [device.id, device]));
  const room = simulatedRoom(devices, clock);
  const outputs = watchedOutputs(bank);
  const byHand = new Set<PinName>();
  for (const device of devices) startEffects(device, { devices: byId, outputs, room });
  const drive: InputPorts["drive"] = (input, on) => {
    if (!byHand.has(input.pin)) bank.drive(input.pin, levelFor(on, input));
  };
  let routineAfterMs = 0;
  const stops = devices.flatMap((device) => {
    const { mechanism, routine } = device.kind.pretend ?? {};
    if (mechanism === undefined && routine === undefined) return [];
    const beginMs = routine === undefined ? 0 : routineAfterMs;
    if (routine !== undefined) routineAfterMs += betweenRoutinesMs;
    const after = routines ? beginMs : undefined;
    return [startInputs(device, { clock, log, outputs, routineAfterMs: after, drive })];
  });
  return {
    devices: byId,
    clock,
    log,
    room,
    pins: {
      ...withPinFaults(outputs.pins),
      drive(pin, level) {
        byHand.add(pin);
        bank.drive(pin, level);
      },
    },
    bus: new WatchedBus(clock),
    rulesTopic: ports.rulesTopic ?? "",
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}
