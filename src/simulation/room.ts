import { UserError } from "../core/errors.ts";
import type { Space } from "../core/machine/files.ts";
import type { Machine } from "../core/machine/machine.ts";
import { driftsOf, type PackageCall, type Pretended, type PretendedSensor } from "../core/simulation/pretend.ts";
import type { SensorFault } from "../core/simulation/scenario.ts";
import type { Clock } from "../core/time/clock.ts";
import { fileError, type SimulatedTexts, simulatedFiles } from "./files.ts";
import { MeasuredValue } from "./measured-value.ts";
import { pretendedI2c, pretendedPrograms, pretendedSerial, pretendedTimedPins } from "./pretended-ways.ts";
import type { SimulatedSensor } from "./simulated-sensor.ts";

/** The simulated sensors of all devices, behind one simulated machine. */
export interface SimulatedRoom extends Machine {
  /** Sets a device's measure to a value, in `overMs` milliseconds. Does nothing if the device has no such measure. */
  set(deviceId: string, measure: string, value: number, overMs: number): void;
  /** The value of a device's measure. Undefined if its sensor is not simulated here. */
  value(deviceId: string, measure: string): MeasuredValue | undefined;
  /** Makes a device's sensor fail, or repairs it with undefined. Does nothing if the device has no sensor here. */
  setFault(deviceId: string, fault: SensorFault | undefined): void;
}

/** The parts of {@link import("../core/device-settings.ts").DeviceSettings} that the simulation of a sensor needs. */
export interface RoomDevice {
  readonly id: string;
  readonly kind: { readonly kind: string; readonly pretend?: Pretended };
  readonly options: Readonly<Record<string, unknown>>;
}

/** What the simulated machine shows of itself: a Pi 4, on which every sensor's package can read pins. */
const board: Readonly<Record<string, string>> = {
  "/proc/device-tree/compatible": "raspberrypi,4-model-b\0brcm,bcm2711\0",
};

/** Simulates the sensors of these devices. */
export function simulatedRoom(
  devices: readonly RoomDevice[],
  clock: Pick<Clock, "monotonicMs" | "after">,
): SimulatedRoom {
  const sensors = new Map<string, SimulatedSensor>();
  const sensorOf = new Map<string, SimulatedSensor>();
  for (const { id, kind, options } of devices) {
    const pretended = kind.pretend;
    if (!isSensor(pretended)) continue;
    const key = JSON.stringify([kind.kind, pretended.identity?.(options)]);
    const sensor = sensors.get(key) ?? newSensor(pretended, options, clock);
    sensors.set(key, sensor);
    sensorOf.set(id, sensor);
  }
  const all = [...sensors.values()];
  return {
    i2c: pretendedI2c(all),
    serial: pretendedSerial(all, clock),
    programs: pretendedPrograms(all),
    files: simulatedFiles(textsOf(all), (path) =>
      all.map((sensor) => spaceOf(sensor, path)).find((space) => space !== undefined),
    ),
    timedPins: pretendedTimedPins(all),
    isolate: async (packageName) => ({
      async call(functionName, args) {
        for (const sensor of all) {
          const answer = answerOf(sensor, { packageName, functionName, args });
          if (answer !== undefined) return answer;
        }
        return undefined;
      },
    }),
    value: (deviceId, measure) => sensorOf.get(deviceId)?.values.get(measure),
    set: (deviceId, measure, value, overMs) => sensorOf.get(deviceId)?.values.get(measure)?.set(value, overMs),
    setFault(deviceId, fault) {
      const sensor = sensorOf.get(deviceId);
      if (sensor !== undefined) sensor.fault = fault;
    },
  };
}

function isSensor(pretended: Pretended | undefined): pretended is PretendedSensor {
  return pretended?.values !== undefined;
}

function newSensor(
  pretended: PretendedSensor,
  options: SimulatedSensor["options"],
  clock: Pick<Clock, "monotonicMs">,
): SimulatedSensor {
  const values = Object.entries(driftsOf(pretended, options)).map(
    ([measure, drift]) => [measure, new MeasuredValue(drift, clock)] as const,
  );
  const now = () => Object.fromEntries(values.map(([measure, value]) => [measure, value.now()]));
  return { pretended, options, values: new Map(values), now, fault: undefined };
}

/** All files: those of the board, and those of the sensors. Where two sensors have the same file, that of the later one is seen. */
function textsOf(sensors: readonly SimulatedSensor[]): SimulatedTexts {
  const latestFirst = [...sensors].reverse();
  return {
    paths: () => [...Object.keys(board), ...sensors.flatMap((sensor) => Object.keys(filesOf(sensor)))],
    text(path) {
      for (const sensor of latestFirst) {
        const text = filesOf(sensor)[path];
        if (text === undefined) continue;
        if (sensor.fault === "EIO") throw fileError("EIO", path);
        return text;
      }
      return board[path];
    },
  };
}

/** The texts of the sensor's files now. There are none while it is gone; with EIO they exist and cannot be read. */
function filesOf({ pretended, options, fault, now }: SimulatedSensor): Readonly<Record<string, string>> {
  return fault === "gone" ? {} : (pretended.files?.(options, now()) ?? {});
}

/** The room of the file system at a path, as the sensor shows it now; undefined where it shows none. */
function spaceOf({ pretended, options, now, fault }: SimulatedSensor, path: string): Space | undefined {
  return fault === undefined ? pretended.spaces?.(options, now())[path] : undefined;
}

/** What the sensor answers to a call. With a fault it throws what node-dht-sensor says if no sensor answers. */
function answerOf(sensor: SimulatedSensor, asked: PackageCall): unknown {
  const answer = sensor.pretended.call?.(sensor.options, sensor.now(), asked);
  if (answer !== undefined && sensor.fault !== undefined) throw new UserError("failed to read sensor");
  return answer;
}
