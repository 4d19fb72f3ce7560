import type { Level } from "../hardware/gpio.ts";
import type { PinName } from "../hardware/pin-name.ts";

/** What can fail at a pin: it answers with an error, or another program holds it. */
export const pinFaults = ["EIO", "EBUSY"] as const;

/** What can fail at a sensor: it is no longer there, or it answers with an error. */
export const sensorFaults = ["gone", "EIO"] as const;

/** One of {@link pinFaults}. */
export type PinFault = (typeof pinFaults)[number];

/** One of {@link sensorFaults}. */
export type SensorFault = (typeof sensorFaults)[number];

/** Drives an input from outside. */
export interface DriveInput {
  readonly verb: "drive";
  readonly pin: PinName;
  readonly level: Level;
  /** How often the contact bounces back before the level is steady. Each time is a pulse if the level was the same before. */
  readonly bounces: number;
  /** The time from the first edge to the last, in milliseconds. */
  readonly withinMs: number;
  /** How long the level stays after that before the input goes back to the other one, in milliseconds; absent: it stays. */
  readonly forMs?: number;
}

/** Turns an encoder. */
export interface TurnEncoder {
  readonly verb: "turn";
  /** Its two contacts. Turned forward, which is clockwise, the first closes before the second. */
  readonly inputs: readonly [first: EncoderInput, second: EncoderInput];
  /** How many notches; negative: backward. At each notch both contacts are open. */
  readonly notches: number;
  /** The time for all of them, in milliseconds. */
  readonly withinMs: number;
}

/** One of the two contacts of an encoder, and the level of its pin while it is closed. */
export interface EncoderInput {
  readonly pin: PinName;
  readonly closedLevel: Level;
}

/** Sets a sensor's measure to a value: at once, or in a straight line over `overMs`. */
export interface SetMeasure {
  readonly verb: "measure";
  readonly measure: string;
  readonly value: number;
  readonly overMs: number;
}

/** Makes a device's pins and sensor fail, or repairs them. */
export interface SetFault {
  readonly verb: "fault";
  readonly fault: PinFault | SensorFault | undefined;
}

/** Sends a command, as if it came by MQTT. */
export interface SendCommand {
  readonly verb: "command";
  readonly payload: string;
}

/**
 * What should be published of a device: its availability, its state, one of its events, or the answer to the last command that the scenario
 * has sent. A state is looked for only while the device is online. An event counts from the time of the step.
 */
export type Wanted =
  | { readonly availability: "online" | "offline" }
  | { readonly word: string }
  | { readonly values: WantedValues }
  | { readonly event: string; readonly type: string }
  | { readonly answer: WantedValues };

/** Values of a state or of an answer, by their names. */
export type WantedValues = Readonly<Record<string, WantedValue>>;

/**
 * A value in JSON: exactly this one, a number from `from` to `to`, both inclusive, or a group of which at least these values are there. Null
 * is the value of a sensor that gave none.
 */
export type WantedValue =
  | number
  | string
  | boolean
  | null
  | { readonly from: number; readonly to: number }
  | { readonly values: WantedValues };

/** Waits until the device is as wanted. If that takes longer than allowed, the scenario fails. */
export interface Expect {
  readonly verb: "expect";
  readonly wanted: Wanted;
  readonly withinMs: number;
}

/** Takes the broker away, or brings it back. */
export interface SetBroker {
  readonly verb: "broker";
  readonly isOnline: boolean;
}

/** Publishes a message on a foreign topic, as if somebody else did. */
export interface PublishMessage {
  readonly verb: "publish";
  readonly topic: string;
  readonly payload: string;
}

/** Waits until the agent has published this text on a foreign topic since the time of the step. */
export interface ExpectMessage {
  readonly verb: "published";
  readonly topic: string;
  readonly payload: string;
  readonly withinMs: number;
}

/** Waits until a rule has fired since it was last asked about or, if it is not wanted, until it is sure that it has not. */
export interface ExpectRule {
  readonly verb: "fired";
  readonly rule: string;
  readonly isWanted: boolean;
  readonly withinMs: number;
}

/** Something that happens to one device. */
export type DeviceHappening = (DriveInput | TurnEncoder | SetMeasure | SetFault | SendCommand | Expect) & {
  readonly device: string;
};

/** Something that happens to the whole agent. */
export type HouseHappening = SetBroker | PublishMessage | ExpectMessage | ExpectRule;

/** Something that happens. */
export type Happening = (DeviceHappening | HouseHappening) & {
  /** Milliseconds since the agent has started. */
  readonly atMs: number;
  /** The same time as it is written in the scenario, such as "5s". */
  readonly at: string;
  /** Where it is written: "scenario.yaml:12:7". */
  readonly where: string;
};

/** What happens to simulated hardware, in the order of time. */
export interface Scenario {
  /** The time of day at which it begins; undefined: now. */
  readonly starts?: Date | undefined;
  readonly happenings: readonly Happening[];
  /** When the scenario is over: at `until`, or when the last step and its waiting are over. */
  readonly endMs: number;
  /** Whether the file has `until`, so that the agent stops then. */
  readonly stops: boolean;
}
