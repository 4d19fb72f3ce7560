import type * as z from "zod";
import type { CommandSchema } from "./command.ts";
import type { Connection } from "./connection.ts";
import type { Device, DeviceContext } from "./device.ts";
import type { Entity } from "./entity.ts";
import { type EventKind, withEvents } from "./events.ts";
import type { KindGroup } from "./kind-groups.ts";
import type { Measure } from "./measure.ts";
import { hasLimits } from "./outputs/limits.ts";
import type { Pretended } from "./simulation/pretend.ts";

/** The values of the options as zod gives them to a kind. */
export type OptionsOf<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>>;

/** What is wired to a kind's pins, for the picture of the wiring. */
export interface Wiring {
  /**
   * What its main pin is wired to. A kind with a relay or a contact may have pins of both sorts: its outputs are drawn as relays, its
   * inputs as contacts, by the name that `pin()` gives them.
   */
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

/** The text of a value as it stands in devices.yaml, by the option or by option and keys with points; undefined where there is none. */
export type WrittenText = (key: string) => string | undefined;

/** A whole kind of device: what a user may write, what is published and accepted, and what happens to the hardware. */
export interface DeviceKindDefinition<Shape extends z.ZodRawShape, State, Command> {
  /** The name of the kind's file, and the word after `kind:` in devices.yaml. */
  readonly kind: string;
  /** One sentence. It stands above the kind's options in the reference, and the editor shows it. */
  readonly summary: string;
  /** What people have it for, without a stop: "a garage door or gate whose drive has one button". Lists of kinds show it. */
  readonly usedFor: string;
  /** Names of boards and of parts, and uses, by which people search for it: "GY-BME280". Without a stop. */
  readonly searchedAs?: readonly string[] | undefined;
  /**
   * What other programs call it, in small letters and without _ and -, such as "dallas" for a thermometer on 1-Wire. Who writes that as a
   * kind is told the right word. What stands in {@link summary} and {@link usedFor} in capitals or with a digit is known anyway.
   */
  readonly alsoCalled?: readonly string[];
  /** Where it stands in lists of kinds. Default: an input if it mainly reports, else an output. */
  readonly group?: KindGroup;
  /**
   * The kind's own options, each described by one sentence. `kind`, `topic`, `name`, `area`, `home_assistant` and the limits are added for
   * every kind.
   */
  readonly options: Shape;
  /** Those of its options that many kinds have, which the reference explains at one place for all. */
  readonly sharedOptions?: readonly string[];
  /** Options that work, for the reference, the editor and the contract test. */
  readonly example: Readonly<Record<string, unknown>>;
  /** The devices that the example's links name, whole, by their ids. */
  readonly exampleNeighbours?: ExampleDevices;
  /**
   * What the schema of each option alone cannot see: options that do not go together, each with a clause that says what to do. Asked only
   * where every option by itself is right. A key below an option is written with a point: `filters.pressure`.
   */
  conflicts?(options: OptionsOf<Shape>): Partial<Readonly<Record<keyof Shape & string, string>>>;
  /**
   * What of the options is odd but may be meant, each with a clause as of {@link conflicts}. `written` gives the text of a value in
   * devices.yaml by the same keys, so that a user can say by the way of writing that it is meant.
   */
  warnings?(options: OptionsOf<Shape>, written: WrittenText): Readonly<Record<string, string>>;
  /** How it is simulated: what its sensor reads, what its inputs see, and what its outputs do to the house. */
  readonly pretend?: Pretended<OptionsOf<Shape>>;
  /** What is published: one word as plain text, or several values as flat JSON with `ts`. A value that is not known is null. */
  readonly state: z.ZodType<State>;
  /** What a device with these options publishes, for the checks of scenarios and rules: the values' names and words. If absent, all of {@link state}. */
  said?(options: OptionsOf<Shape>): z.ZodType;
  /** The values that are measured, for the reference and for Home Assistant. */
  readonly measures?: Readonly<Record<string, Measure>>;
  /** What a device with these options measures. If absent, all of {@link measures}. */
  measured?(options: OptionsOf<Shape>): Readonly<Record<string, Measure>>;
  /** What Home Assistant shows besides the events, as plain data. The first entity is what the device mainly is. */
  entities(options: OptionsOf<Shape>): readonly Entity[];
  /** How it is connected, where its options alone do not show it. */
  readonly connection?: Connection;
  /** What is wired to the kind's pins. It is a function where the options decide. */
  readonly wiring?: Wiring | ((options: OptionsOf<Shape>) => Wiring | undefined);
  /**
   * The commands that are accepted. The schema gets the text or the JSON that was sent. It is a function when a word has a meaning only for
   * devices with certain options. Absent: the kind takes no commands.
   */
  readonly command?: CommandSchema<Command> | ((options: OptionsOf<Shape>) => CommandSchema<Command>);
  /**
   * Whether a command may say with `on_time` or `off_time` for how many seconds an output is on or off. The runtime does that; the schema of
   * the commands never sees them. Default: true for a kind with outputs. False for a kind whose commands mean more than on and off.
   */
  readonly timed?: boolean | ((options: OptionsOf<Shape>) => boolean);
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
  readonly usedFor: string;
  readonly searchedAs?: readonly string[] | undefined;
  readonly alsoCalled?: readonly string[];
  readonly group: KindGroup;
  readonly options: z.ZodRawShape;
  readonly sharedOptions?: readonly string[];
  readonly example: Readonly<Record<string, unknown>>;
  readonly exampleNeighbours?: ExampleDevices;
  conflicts?(options: Readonly<Record<string, unknown>>): Readonly<Record<string, string>>;
  warnings?(options: Readonly<Record<string, unknown>>, written: WrittenText): Readonly<Record<string, string>>;
  readonly state: z.ZodType;
  said?(options: Readonly<Record<string, unknown>>): z.ZodType;
  readonly measures?: Readonly<Record<string, Measure>>;
  measured?(options: Readonly<Record<string, unknown>>): Readonly<Record<string, Measure>>;
  readonly pretend?: Pretended;
  entities(options: Readonly<Record<string, unknown>>): readonly Entity[];
  readonly connection?: Connection;
  readonly wiring?: Wiring | ((options: Readonly<Record<string, unknown>>) => Wiring | undefined);
  readonly command?: CommandSchema | ((options: Readonly<Record<string, unknown>>) => CommandSchema);
  readonly timed?: boolean | ((options: Readonly<Record<string, unknown>>) => boolean);
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
  const { group = reports ? "input" : "output" } = definition;
  const kind = { ...definition, reports, group, hasLimits: hasLimits(definition.options) } as DeviceKind;
  return { ...kind, entities: (options) => withEvents(kind, options) };
}

/** The example of a kind as a device of this id, after the neighbours that it needs: what may stand below `devices:`. */
export function exampleDevices(id: string, kind: DeviceKind): ExampleDevices {
  return { ...kind.exampleNeighbours, [id]: { kind: kind.kind, ...kind.example } };
}
