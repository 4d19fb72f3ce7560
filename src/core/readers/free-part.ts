import * as z from "zod";
import type { DeviceKind } from "../kind.ts";
import type { SensorGroup } from "../kind-groups.ts";
import type { Files } from "../machine/files.ts";
import type { Measure } from "../measure.ts";
import { defineSensor } from "../sensor.ts";
import type { Drift } from "../simulation/pretend.ts";
import { freeMeasures } from "./free-measures.ts";
import { patiently } from "./patiently.ts";
import { busWord } from "./place.ts";
import { eachOf, readEach } from "./read-each.ts";

/** Which part is meant, as its owner wrote it. */
export interface ChosenPart {
  /** What the kernel calls it. */
  readonly part: string;
  /** Where it is; undefined: it is the only one. */
  readonly device: string | undefined;
}

/** All parts of a subsystem of the kernel, of which the owner says what they measure. `One` is a measure as it is written. */
export interface FreePart<One> {
  readonly kind: "iio" | "hwmon";
  readonly summary: string;
  readonly usedFor: string;
  readonly group: SensorGroup;
  readonly example: Readonly<Record<string, unknown>>;
  /** What the options `part`, `device` and `measures` are. */
  readonly about: { readonly part: string; readonly device: string; readonly measures: string };
  /** The options of a measure that say where its value is. */
  readonly place: z.ZodRawShape;
  /** What can be read, of the names of the files in the part's folder: the name of a measure, and how it is written. */
  offers(names: readonly string[]): readonly (readonly [name: string, one: Readonly<Record<string, string>>])[];
  measureOf(one: One): Measure;
  /** Why a measure cannot have the unit that was written, as a clause; undefined if it can. */
  unitClash(name: string, one: One): string | undefined;
  /** The part's folder. Rejects with a sentence that says which parts there are. */
  find(files: Files, part: ChosenPart): Promise<string>;
  /** Rejects with a sentence where the part does not show one of these. */
  mustHave(files: Files, part: string, folder: string, wanted: readonly One[]): Promise<void>;
  /** The value in the unit of its measure. */
  read(files: Files, folder: string, one: One): Promise<number>;
  /** How a measure moves when it is simulated. */
  simulatedOf(one: One): Drift;
  /** The texts of the files of a part, for the simulation, and the folder that they are in. */
  shows(part: ChosenPart, measures: readonly (readonly [one: One, value: number])[]): FolderTexts;
}

/** A folder and the texts of its files, by name. */
export interface FolderTexts {
  readonly folder: string;
  readonly texts: Readonly<Record<string, string>>;
}

/** `discover` proposes no more measures of a part than these. */
const mostOffered = 8;

/** A device that is called by the number that the kernel gave it. */
const noNumber = /^(?!(?:iio:device|hwmon)\d+$)/;
const changes = "has a number that can change at each boot; write where the part is, such as 1-0048";

const name = z.string().min(1).max(60);

/** Makes the kind of a subsystem. It adds the options `part`, `device` and `measures`, finding, reading and the simulation. */
export function defineFreePart<One>(free: FreePart<One>): DeviceKind {
  // What a measure is made of only the caller knows: TypeScript does not.
  const written = (measures: unknown) => measures as Readonly<Record<string, One>>;
  const chosen = ({ part, device }: Readonly<Record<string, unknown>>): ChosenPart => ({
    part: String(part),
    device: device === undefined ? undefined : String(device),
  });
  return defineSensor({
    kind: free.kind,
    summary: free.summary,
    usedFor: free.usedFor,
    group: free.group,
    options: {
      part: name.describe(free.about.part),
      device: name.regex(noNumber, { error: changes }).optional().describe(free.about.device),
      measures: freeMeasures(free.place).describe(free.about.measures),
    },
    example: free.example,
    every: { default: "30s", min: "1s" },
    connection: {
      bus: "the machine",
      isGeneral: true,
      recognise({ subsystem, name: part, names }) {
        const found = free.offers(names).slice(0, mostOffered);
        if (subsystem !== free.kind || found.length === 0) return undefined;
        return { part, measures: Object.fromEntries(found) };
      },
    },
    oneAtATime: ({ part, device }) => busWord(device) ?? `${free.kind}-${part}`,
    measures: ({ measures }) => eachOf(written(measures), free.measureOf),
    conflicts({ measures }) {
      const clashes = Object.entries(written(measures)).flatMap(([key, one]) => free.unitClash(key, one) ?? []);
      return clashes[0] === undefined ? {} : { measures: clashes[0] };
    },
    pretend: {
      values: ({ measures }) => eachOf(written(measures), free.simulatedOf),
      identity: ({ part, device }) => [part, device],
      files(options, values) {
        const all = Object.entries(written(options["measures"])).map(([key, one]) => [one, values[key] ?? 0] as const);
        const { folder, texts } = free.shows(chosen(options), all);
        return Object.fromEntries(Object.entries(texts).map(([file, text]) => [`${folder}/${file}`, `${text}\n`]));
      },
    },
    async open(options, { files, clock }) {
      const [part, measures] = [chosen(options), written(options.measures)];
      await free.mustHave(files, part.part, await free.find(files, part), Object.values(measures));
      return async () => {
        // The part is looked for each time, because its number changes when its driver is loaded anew.
        const folder = await free.find(files, part);
        return readEach(eachOf(measures, (one) => () => patiently(clock, () => free.read(files, folder, one))));
      };
    },
  });
}
