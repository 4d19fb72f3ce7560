import type * as z from "zod";
import type { CommandSchema } from "./command.ts";
import type { DeviceGpio } from "./device-gpio.ts";
import type { Entity } from "./entity.ts";
import { type EventKind, withEvents } from "./events.ts";
import type { Files } from "./files.ts";
import type { Isolate } from "./isolate.ts";
import { hasLimits, type Limits, mayWait } from "./limits.ts";
import type { DeviceLink, InputLink, MeasureLink } from "./link.ts";
import type { Log } from "./log/log.ts";
import type { Measure } from "./measure.ts";
import { type DeviceTopics, deviceTopics } from "./messages/device-topics.ts";
import type { Pretended } from "./pretend.ts";
import type { Store } from "./store.ts";
import type { Clock } from "./time/clock.ts";

/** Reads a sensor again and again. */
export interface Poll<State> {
  readonly everyMs: number;
  /** Readings with the same word here are made one after the other, never two at once. Undefined: this one waits for no other. */
  readonly oneAtATime?: string | undefined;
  /**
   * Makes one reading. Undefined: the reading is good, and there is nothing new to say. When it rejects, or takes longer than ten seconds,
   * the reading has failed.
   */
  readonly read: () => Promise<State | undefined>;
}

/** Everything that a device may use. All of it is given back when the device stops. The device does nothing for that. */
export interface DeviceContext<State> {
  readonly gpio: DeviceGpio;
  /** Its timers end with the device. A task that throws takes the device offline, as `fail` does. */
  readonly clock: Clock;
  /** Adds the device's id to each line. */
  readonly log: Log;
  readonly files: Files;
  /** Runs native packages that may block or crash in a process of their own. */
  readonly isolate: Isolate;
  /** The value that another device measures. `written` is the value of an option that was made with `link()`. */
  measure(written: string): MeasureLink;
  /** Another device to which this one can give commands. `written` is the value of an option that was made with `link()`. */
  device(id: string): DeviceLink;
  /** Another device of which this one knows whether it is on. `written` is the value of an option that was made with `link()`. */
  input(written: string): InputLink;
  /** What the device keeps over restarts, crashes and power cuts. The values are there at once: nothing has to be awaited. */
  readonly keep: Store["keep"];
  /**
   * Says what the state is now. The state is published retained, and published again at every connect. Reporting makes the device online.
   * `progress` is for a step of a change that was logged before: it is logged at debug only.
   */
  report(state: State, how?: "progress"): void;
  /** Publishes that something has just happened: one of the kind's {@link DeviceKindDefinition.events}, with one of its types. */
  emit(event: string, type: string): void;
  /**
   * Reports each good reading. A reading in which some values are null is a good one. The third failure in a row takes the device offline;
   * the next good reading makes it online again.
   */
  poll(poll: Poll<State>): void;
  /** Says that the device cannot go on. It goes offline, its outputs are driven to rest, and it is set up again after a pause. */
  fail(error: Error): void;
  /**
   * Runs the task when this device fails while the agent goes on: the time to take back what it has ordered of others. Not when the
   * agent stops, since each output then does what its own `on_exit` says.
   */
  onFailure(task: () => void): void;
  /**
   * Runs the task when the run of this device ends, also after a failure: the time to report what was not said yet. The outputs have been
   * driven to rest by then, inputs and timers are gone, and the task has one second.
   */
  onStop(task: () => Promise<void> | void): void;
}

/** A device at work. */
export interface Device<Command> {
  /**
   * Carries out a command. A device gets one command at a time. Throws when the command could not be carried out. It must end within 10 s:
   * what takes longer on purpose, such as a cover that moves, is done by timers of the context's clock.
   */
  command?(command: Command): Promise<void> | void;
}

/** The values of the options as zod gives them to a kind. */
export type OptionsOf<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>>;

/** What is wired to a kind's pins, for the picture of the wiring. */
export interface Wiring {
  readonly part: "relay" | "contact" | "sensor";
  /** The supply that the part needs; absent when it needs none. */
  readonly supply?: "3V3" | "5V";
  /** The pull-up that the part's data line needs, in ohms. Boards with the sensor often have one already. */
  readonly pullUpOhms?: number;
}

/** Devices as a user writes them below `devices:`, by their ids. */
export type ExampleDevices = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The names of the values of a state or a command; of each of its forms if there are several. */
type ValueName<Values> = Values extends object ? keyof Values & string : never;

/** A whole kind of device: what a user may write, what is published and accepted, and what happens to the hardware. */
export interface DeviceKindDefinition<Shape extends z.ZodRawShape, State, Command> {
  /** The name of the kind's file, and the word after `kind:` in devices.yaml. */
  readonly kind: string;
  /** One sentence. It stands above the kind's options in the reference, and the editor shows it. */
  readonly summary: string;
  /**
   * The kind's own options, each described by one sentence. `kind`, `topic`, `name`, `area`, `home_assistant` and the limits are added for
   * every kind.
   */
  readonly options: Shape;
  /** Options that work, for the reference, the editor and the contract test. */
  readonly example: Readonly<Record<string, unknown>>;
  /** The devices that the example's links name, whole, by their ids. */
  readonly exampleNeighbours?: ExampleDevices;
  /**
   * What the schema of each option alone cannot see: options that do not go together, each with a clause that says what to do. Asked
   * only where every option by itself is right.
   */
  conflicts?(options: OptionsOf<Shape>): Partial<Readonly<Record<keyof Shape & string, string>>>;
  /** How it is simulated: what its sensor reads, what its inputs see, and what its outputs do to the house. */
  readonly pretend?: Pretended<OptionsOf<Shape>>;
  /** What is published: one word as plain text, or several values as flat JSON with `ts`. A value that is not known is null. */
  readonly state: z.ZodType<State>;
  /** The values that are measured, for the reference and for Home Assistant. */
  readonly measures?: Readonly<Record<string, Measure>>;
  /** What a device with these options measures. If absent, all of {@link measures}. */
  measured?(options: OptionsOf<Shape>): Readonly<Record<string, Measure>>;
  /** What Home Assistant shows besides the events, as plain data. The first entity is what the device mainly is. */
  entities(options: OptionsOf<Shape>): readonly Entity[];
  /** What is wired to the kind's pins. It is a function where the options decide. */
  readonly wiring?: Wiring | ((options: OptionsOf<Shape>) => Wiring | undefined);
  /**
   * The commands that are accepted. The schema gets the text or the JSON that was sent. It is a function when a word has a meaning only for
   * devices with certain options. Absent: the kind takes no commands.
   */
  readonly command?: CommandSchema<Command> | ((options: OptionsOf<Shape>) => CommandSchema<Command>);
  /** Values of a command that may also be sent alone: `75` on `<topic>/position/set` is `{"position":75}`. */
  readonly setters?: readonly ValueName<Command>[];
  /** Values of the state that are also published alone: `<topic>/position`. */
  readonly shown?: readonly ValueName<State>[];
  /** Events by name, each with its types: `{ action: ["single", "double"] }`. They are never retained and never repeated. */
  readonly events?: EventKind["events"];
  /** The types of each event that a device with these options can publish. If absent, all of them. */
  eventTypes?(options: OptionsOf<Shape>): Readonly<Record<string, readonly string[]>>;
  /** Home Assistant's device class of an event, by the event's name. Absent if Home Assistant has no class for it. */
  readonly eventClasses?: EventKind["eventClasses"];
  /** Whether its devices mainly report, see {@link TopicShape.reports}. For a kind without commands this is always so. */
  readonly reports?: boolean;
  /** Claims what the device needs and starts its work. Rejects when the device cannot work now; then it is tried again later. */
  setup(options: OptionsOf<Shape>, context: DeviceContext<State>): Promise<Device<Command>>;
}

/** A kind without the types of its options, state and command, as index.ts and the runtime use it. Its entities include its events. */
export interface DeviceKind extends EventKind {
  readonly kind: string;
  readonly summary: string;
  readonly options: z.ZodRawShape;
  readonly example: Readonly<Record<string, unknown>>;
  readonly exampleNeighbours?: ExampleDevices;
  conflicts?(options: Readonly<Record<string, unknown>>): Readonly<Record<string, string>>;
  readonly state: z.ZodType;
  readonly measures?: Readonly<Record<string, Measure>>;
  measured?(options: Readonly<Record<string, unknown>>): Readonly<Record<string, Measure>>;
  readonly pretend?: Pretended;
  entities(options: Readonly<Record<string, unknown>>): readonly Entity[];
  readonly wiring?: Wiring | ((options: Readonly<Record<string, unknown>>) => Wiring | undefined);
  readonly command?: CommandSchema | ((options: Readonly<Record<string, unknown>>) => CommandSchema);
  readonly setters?: readonly string[];
  readonly shown?: readonly string[];
  readonly reports?: boolean;
  /** Whether it has outputs, and so the limits of outputs. */
  readonly hasLimits?: boolean;
  setup(options: Readonly<Record<string, unknown>>, context: DeviceContext<unknown>): Promise<Device<unknown>>;
}

/** Checks a definition at compile time. A misspelt option, or a state that does not fit the schema, is an error. */
export function defineDevice<Shape extends z.ZodRawShape, State, Command>(
  definition: DeviceKindDefinition<Shape, State, Command>,
): DeviceKind {
  const { reports = definition.command === undefined } = definition;
  const kind = { ...definition, reports, hasLimits: hasLimits(definition.options) } as DeviceKind;
  return { ...kind, entities: (options) => withEvents(kind, options) };
}

/** The example of a kind as a device of this id, after the neighbours that it needs: what may stand below `devices:`. */
export function exampleDevices(id: string, kind: DeviceKind): ExampleDevices {
  return { ...kind.exampleNeighbours, [id]: { kind: kind.kind, ...kind.example } };
}

/** One device from devices.yaml, checked. */
export interface DeviceSettings {
  readonly id: string;
  readonly kind: DeviceKind;
  /** The topic from which all other topics of this device are derived. */
  readonly topic: string;
  /** The kind's own options, with their defaults. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The limits of its outputs, which no kind can exceed; absent: none. */
  readonly limits?: Limits | undefined;
  /** What people call it; undefined when the name is made of the id. */
  readonly name?: string | undefined;
  /** The room or area where it is. */
  readonly area?: string | undefined;
  /** Options for Home Assistant from devices.yaml. `discovery: false` hides the device. */
  readonly homeAssistant?: HomeAssistantOptions | undefined;
}

/** Options for Home Assistant: for all entities of a device, and below an entity's key for that one alone. */
export type HomeAssistantOptions = Readonly<Record<string, unknown>> & { readonly discovery?: boolean | undefined };

/** The topics of a device, derived from its own topic and its kind. */
export function topicsOf({ topic, kind }: Pick<DeviceSettings, "topic" | "kind">): DeviceTopics {
  return deviceTopics(topic, kind);
}

/** Where it is published what of a device waits for a limit; undefined for a device of which nothing ever waits. */
export function attributesTopic(device: Pick<DeviceSettings, "topic" | "kind" | "limits">): string | undefined {
  return mayWait(device.limits ?? {}) ? topicsOf(device).attributes : undefined;
}

/** What a device measures, by name. Links can follow these. */
export function measuresOf({
  kind,
  options,
}: Pick<DeviceSettings, "kind" | "options">): Readonly<Record<string, Measure>> {
  return kind.measured?.(options) ?? kind.measures ?? {};
}

/** The commands that a device accepts; undefined for one that takes none. */
export function commandSchema({ kind, options }: Pick<DeviceSettings, "kind" | "options">): CommandSchema | undefined {
  return typeof kind.command === "function" ? kind.command(options) : kind.command;
}

/** What is wired to a device's pins. Undefined if its kind says nothing of it. */
export function wiringOf({ kind, options }: Pick<DeviceSettings, "kind" | "options">): Wiring | undefined {
  return typeof kind.wiring === "function" ? kind.wiring(options) : kind.wiring;
}
