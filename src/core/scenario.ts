import type { Level } from "./hardware/gpio.ts";

/** What can go wrong at a pin: it answers with an error, or another program holds it. */
export const pinFaults = ["EIO", "EBUSY"] as const;

/** What can go wrong at a sensor: nothing is there any more, or what is there answers with an error. */
export const sensorFaults = ["gone", "EIO"] as const;

/** One of {@link pinFaults}. */
export type PinFault = (typeof pinFaults)[number];

/** One of {@link sensorFaults}. */
export type SensorFault = (typeof sensorFaults)[number];

/** Drives an input from outside. */
export interface DriveInput {
  readonly verb: "drive";
  readonly pin: number;
  readonly level: Level;
  /** How often the contact springs back before the level stands; each time is a pulse where it was so before. */
  readonly bounces: number;
  /** From the first edge to the last. */
  readonly withinMs: number;
}

/** Gives a sensor's measure a value, at once or in a straight line. */
export interface SetMeasure {
  readonly verb: "measure";
  readonly measure: string;
  readonly value: number;
  readonly overMs: number;
}

/** Breaks a device's pins and sensor, or mends them. */
export interface SetFault {
  readonly verb: "fault";
  readonly fault: PinFault | SensorFault | undefined;
}

/** Sends a command, as if it had come by MQTT. */
export interface SendCommand {
  readonly verb: "command";
  readonly payload: string;
}

/** What should be published of a device; of a state only while the device is online. */
export type Wanted =
  | { readonly availability: "online" | "offline" }
  | { readonly word: string }
  | { readonly values: Readonly<Record<string, WantedValue>> };

/** A value of a state in JSON: this one, or a number in these limits, inclusive. Null is that of a sensor that gave none. */
export type WantedValue = number | string | boolean | null | { readonly from: number; readonly to: number };

/** Looks whether it is so, and fails the scenario where it does not become so in time. */
export interface Expect {
  readonly verb: "expect";
  readonly wanted: Wanted;
  readonly withinMs: number;
}

/** Something that happens to one device. */
export type Happening = (DriveInput | SetMeasure | SetFault | SendCommand | Expect) & {
  readonly device: string;
  /** Counted from the moment when the agent has started. */
  readonly atMs: number;
  /** The time as its author wrote it, such as "5s". */
  readonly at: string;
  /** Where it is written: "scenario.yaml:12:7". */
  readonly where: string;
};

/** What happens to simulated hardware, in the order of time. */
export interface Scenario {
  readonly happenings: readonly Happening[];
  /** When it is over: `until`, or the last thing that happens with all its waiting. */
  readonly endMs: number;
  /** Whether the file says `until`, so that the agent stops then. */
  readonly stops: boolean;
}
