import type * as z from "zod";
import type { CommandSchema } from "./command.ts";
import type { DeviceGpio } from "./device-gpio.ts";
import type { Entity } from "./entity.ts";
import { type EventKind, withEvents } from "./events.ts";
import type { Files } from "./files.ts";
import type { Isolate } from "./isolate.ts";
import type { Limits } from "./limits.ts";
import type { DeviceLink, MeasureLink } from "./link.ts";
import type { Log } from "./log/log.ts";
import type { Measure } from "./measure.ts";
import { type DeviceTopics, deviceTopics } from "./messages/device-topics.ts";
import type { Pretended } from "./pretend.ts";
import type { Store } from "./store.ts";
import type { Clock } from "./time/clock.ts";

/** Reads a sensor again and again. */
export interface Poll<State> {
  readonly everyMs: number;
  /** Readings with the same word wait for each other: one bus, one conversation at a time. */
  readonly bus?: string | undefined;
  /** One reading. A rejection is a failed reading; so is one that takes longer than ten seconds. */
  readonly read: () => Promise<State>;
}

/** Everything that a device may touch. All of it is given back when the device stops, without the device's doing. */
export interface DeviceContext<State> {
  readonly gpio: DeviceGpio;
  /** Timers that end with the device; a task that throws takes the device offline, as `fail` does. */
  readonly clock: Clock;
  /** Carries the device's id. */
  readonly log: Log;
  readonly files: Files;
  /** For native packages that block or crash. */
  readonly isolate: Isolate;
  /** A number that another device measures, as an option made with `link()` names it. */
  measure(written: string): MeasureLink;
  /** Another device that can be ordered, as an option made with `link()` names it. */
  device(id: string): DeviceLink;
  /** What the device keeps over restarts, crashes and power cuts; there without waiting. */
  readonly keep: Store["keep"];
  /** Says what happened: remembered, published retained, said again on every connect. The device is online by it. */
  report(state: State): void;
  /** Tells that something happened, in an instant: an event of the kind's {@link DeviceKindDefinition.events}, by its type. */
  emit(event: string, type: string): void;
  /** Reports each good reading, one in which some values are null too; the third failure in a row takes the device offline, the next good one brings it back. */
  poll(poll: Poll<State>): void;
  /** Says that the device cannot go on: it goes offline, rests, and is set up anew after a while. */
  fail(error: Error): void;
}

/** A device at work. */
export interface Device<Command> {
  /** Carries out a command, one at a time per device. Throws when it could not be done. */
  command?(command: Command): Promise<void> | void;
}

/** What a user may write for one kind: the `options` as zod understands them. */
export type OptionsOf<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>>;

/** What a kind's pins are wired to, for the picture of the wiring. */
export interface Wiring {
  readonly part: "relay" | "contact" | "sensor";
  /** What feeds the part; absent for one that needs no supply of its own. */
  readonly supply?: "3V3" | "5V";
  /** The pull-up that the part's data line needs, in ohms, unless its board carries one. */
  readonly pullUpOhms?: number;
}

/** A kind of device, whole: what a user may write, what is published and accepted, and what happens to the hardware. */
export interface DeviceKindDefinition<Shape extends z.ZodRawShape, State, Command> {
  /** The file's name, and the word after `kind:` in devices.yaml. */
  readonly kind: string;
  /** One sentence. It heads the reference and shows in the editor. */
  readonly summary: string;
  /** The kind's own options, each described by one sentence. `kind`, `topic` and what is for people are added for all. */
  readonly options: Shape;
  /** Options that work, for the reference, the editor and the contract test. */
  readonly example: Readonly<Record<string, unknown>>;
  /** The simulated side of a sensor, so that it lives without hardware. */
  readonly pretend?: Pretended;
  /** What is published: one word as plain text, several values as flat JSON with `ts`; one that is not known is null. */
  readonly state: z.ZodType<State>;
  /** The values of a sensor, for the reference and for whoever shows them. */
  readonly measures?: Readonly<Record<string, Measure>>;
  /** What Home Assistant shows of it besides its events: plain data, the first what the device mainly is. */
  entities(options: OptionsOf<Shape>): readonly Entity[];
  /** What hangs at the kind's pins. */
  readonly wiring?: Wiring;
  /**
   * What is accepted: the schema gets the text that was sent, or the JSON. A function, where a word means something only for a device
   * with certain options. Absent: takes no commands.
   */
  readonly command?: CommandSchema<Command> | ((options: OptionsOf<Shape>) => CommandSchema<Command>);
  /** Values of a command that may also be sent alone: `<topic>/position/set` with `75` is `{"position":75}`. */
  readonly setters?: readonly (keyof Command & string)[];
  /** Values of the state that also stand alone: `<topic>/position`. */
  readonly shown?: readonly (keyof State & string)[];
  /** What happens in an instant, by name, with its types: `{ action: ["single", "double"] }`. Never retained, never said again. */
  readonly events?: EventKind["events"];
  /** Those types of the events that a device with these options tells. Absent: all of them. */
  eventTypes?(options: OptionsOf<Shape>): Readonly<Record<string, readonly string[]>>;
  /** What Home Assistant takes the events for, by name; absent for what it has no word for. */
  readonly eventClasses?: EventKind["eventClasses"];
  /** Whether its devices mainly report, see {@link TopicShape.reports}. A kind that takes no commands always does. */
  readonly reports?: boolean;
  /** Claims what the device needs and sets it going. Rejects when it cannot work now; it is tried again later. */
  setup(options: OptionsOf<Shape>, context: DeviceContext<State>): Promise<Device<Command>>;
}

/** A kind whose types are checked and forgotten, as the registry and the runtime hold it; its entities include those of its events. */
export interface DeviceKind extends EventKind {
  readonly kind: string;
  readonly summary: string;
  readonly options: z.ZodRawShape;
  readonly example: Readonly<Record<string, unknown>>;
  readonly state: z.ZodType;
  readonly measures?: Readonly<Record<string, Measure>>;
  readonly pretend?: Pretended;
  entities(options: Readonly<Record<string, unknown>>): readonly Entity[];
  readonly wiring?: Wiring;
  readonly command?: CommandSchema | ((options: Readonly<Record<string, unknown>>) => CommandSchema);
  readonly setters?: readonly string[];
  readonly shown?: readonly string[];
  readonly reports?: boolean;
  setup(options: Readonly<Record<string, unknown>>, context: DeviceContext<unknown>): Promise<Device<unknown>>;
}

/** Checks a definition at compile time: a misspelt option or a state that its schema does not allow is an error. */
export function defineDevice<Shape extends z.ZodRawShape, State, Command>(
  definition: DeviceKindDefinition<Shape, State, Command>,
): DeviceKind {
  const kind = { ...definition, reports: definition.reports ?? definition.command === undefined } as DeviceKind;
  return { ...kind, entities: (options) => withEvents(kind, options) };
}

/** One device as its owner wrote it, checked. */
export interface DeviceSettings {
  readonly id: string;
  readonly kind: DeviceKind;
  /** The topic that all others of this device are derived from. */
  readonly topic: string;
  /** The kind's own options, with their defaults. */
  readonly options: Readonly<Record<string, unknown>>;
  /** What holds for its outputs, whatever its kind asks for; absent: nothing. */
  readonly limits?: Limits | undefined;
  /** What people call it; unless written, made of the id. */
  readonly name?: string | undefined;
  /** The room or area it belongs to. */
  readonly area?: string | undefined;
  /** What its owner wants Home Assistant to be told besides; `discovery: false` hides the device. */
  readonly homeAssistant?: HomeAssistantOptions | undefined;
}

/** What an owner wants Home Assistant to be told of a device: options for all its entities, and by key for one of them. */
export type HomeAssistantOptions = Readonly<Record<string, unknown>> & { readonly discovery?: boolean | undefined };

/** The topics of a device. */
export function topicsOf({ topic, kind }: Pick<DeviceSettings, "topic" | "kind">): DeviceTopics {
  return deviceTopics(topic, kind);
}

/** What a device accepts as a command; undefined for one that takes none. */
export function commandSchema({ kind, options }: Pick<DeviceSettings, "kind" | "options">): CommandSchema | undefined {
  return typeof kind.command === "function" ? kind.command(options) : kind.command;
}
