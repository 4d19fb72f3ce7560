import type * as z from "zod";
import type { DeviceKind, OptionsOf } from "../kind.ts";
import type { SensorGroup } from "../kind-groups.ts";
import type { Measure } from "../measure.ts";
import type { NoValue } from "../sensor/no-value.ts";
import { defineSensor } from "../sensor.ts";
import type { Drift } from "../simulation/pretend.ts";
import type { BeginDoubt } from "./doubt/doubt.ts";
import type { Driver } from "./driver.ts";
import { findPart } from "./find-part.ts";
import { PartFiles } from "./part-files.ts";
import { isOnSpi, type PlaceOptions, placeOptions, placeWord, pretendedDevice } from "./place.ts";

/** What depends on the options of a device, or not. */
type OfOptions<Shape extends z.ZodRawShape, Value> = Value | ((options: OptionsOf<Shape>) => Value);

/** A part that a driver of the kernel shows as files, and how its values are made of them. */
export interface ReadPart<Shape extends z.ZodRawShape, Name extends string> {
  readonly kind: string;
  readonly summary: string;
  readonly usedFor: string;
  /** See {@link import("../kind.ts").DeviceKindDefinition.searchedAs}. */
  readonly searchedAs?: readonly string[] | undefined;
  readonly group: SensorGroup;
  readonly driver: Driver;
  /** Options besides those that say where the part is. */
  readonly options: Shape;
  readonly example: Readonly<Record<string, unknown>>;
  readonly measures: OfOptions<Shape, Readonly<Record<Name, Measure>>>;
  /** How its measures move when it is simulated. */
  readonly simulated: OfOptions<Shape, Readonly<Record<Name, Drift>>>;
  /** How often it is read by default, and at most. Default: every 30 s, and every second. */
  readonly every?: { readonly default: string; readonly min: string };
  /**
   * How long its driver may wait for new values during one reading, in milliseconds, where that is long. Such a part has a turn of its own:
   * others on its bus are read while its driver waits.
   */
  readonly waitsMs?: number;
  /** Absent: whatever its driver gives is a measurement, or outside of the ranges. */
  readonly doubt?: BeginDoubt;
  /** Options that do not go together, see {@link import("../kind.ts").DeviceKindDefinition.conflicts}. */
  conflicts?(options: OptionsOf<Shape>): Partial<Readonly<Record<keyof Shape & string, string>>>;
  /** Reads all measures. It rejects with a sentence, or gives a {@link NoValue} for one of several that cannot be read. */
  read(files: PartFiles, options: OptionsOf<Shape>): Promise<Readonly<Record<Name, number | NoValue>>>;
  /** The files that the driver makes of these values, by name, for the simulation. */
  shows(values: Readonly<Record<Name, number>>, options: OptionsOf<Shape>): Readonly<Record<string, string | number>>;
}

/** Makes a kind of a part. It adds the options that say where it is, finding it, and the simulation. */
export function defineReadPart<Shape extends z.ZodRawShape, Name extends string>(
  part: ReadPart<Shape, Name>,
): DeviceKind {
  const { driver, measures, simulated, waitsMs } = part;
  const own = (options: unknown) => options as OptionsOf<Shape>;
  return defineSensor<PlaceOptions, Name>({
    kind: part.kind,
    summary: withOverlay(part.summary, driver),
    usedFor: part.usedFor,
    searchedAs: part.searchedAs,
    group: part.group,
    options: { ...placeOptions(driver), ...part.options },
    example: part.example,
    connection: { bus: isOnSpi(driver) ? "SPI" : "I2C", driver, addresses: driver.addresses },
    every: part.every ?? { default: "30s", min: "1s" },
    oneAtATime: (place) => (waitsMs === undefined ? placeWord(driver, place) : undefined),
    ...(waitsMs !== undefined && { timeoutMs: Math.max(10_000, waitsMs) }),
    measures: typeof measures === "function" ? (options) => measures(own(options)) : measures,
    ...(part.conflicts && { conflicts: (options) => part.conflicts?.(own(options)) ?? {} }),
    pretend: {
      values: typeof simulated === "function" ? (options) => simulated(own(options)) : simulated,
      // Two devices may read different inputs of one part.
      identity: (options) => [
        pretendedDevice(driver, options),
        ...Object.keys(part.options).map((key) => options[key]),
      ],
      files: (options, values) =>
        pretendedFiles(driver, pretendedDevice(driver, options), part.shows(values, own(options))),
    },
    async open(options, { files, clock }) {
      await findPart(files, driver, options);
      const doubt = await part.doubt?.({ files, clock });
      // The part is looked for each time, because its number changes when its driver is loaded anew.
      const read = async () =>
        part.read(new PartFiles(files, clock, driver.subsystem, await findPart(files, driver, options)), own(options));
      return async () => {
        const reading = await read().catch((error) => {
          doubt?.failed();
          throw error;
        });
        doubt?.check(reading);
        return reading;
      };
    },
  });
}

/** A summary that also says which line of config.txt makes the part appear, for lists of kinds. */
function withOverlay(summary: string, { overlay }: Driver): string {
  return overlay === undefined || summary.includes("dtoverlay")
    ? summary
    : summary.replace(/\.$/, ` (dtoverlay=${overlay}).`);
}

/** The files of a part below its bus device, for the simulation. */
function pretendedFiles(
  driver: Driver,
  device: string,
  shown: Readonly<Record<string, string | number>>,
): Record<string, string> {
  const [name = ""] = driver.names;
  const own = { iio: "iio:device0", hwmon: "hwmon/hwmon0", power_supply: "power_supply/battery" }[driver.subsystem];
  const folder = `${device}/${own}`;
  const naming = device.startsWith("/sys/bus/spi") ? { modalias: `spi:${name}` } : { name };
  const files: Record<string, string> = {};
  for (const [file, text] of Object.entries(naming)) files[`${device}/${file}`] = `${text}\n`;
  for (const [file, text] of Object.entries({ name, ...shown })) files[`${folder}/${file}`] = `${text}\n`;
  return files;
}
