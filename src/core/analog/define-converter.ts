import type * as z from "zod";
import { UserError } from "../errors.ts";
import type { DeviceKind } from "../kind.ts";
import type { Measure } from "../measure.ts";
import type { Driver } from "../readers/driver.ts";
import type { PartFiles } from "../readers/part-files.ts";
import { defineReadPart } from "../readers/read-part.ts";
import { NoValue } from "../sensor/no-value.ts";
import { around, type Drift } from "../simulation/pretend.ts";
import { type Channel, channelsOption } from "./channel-options.ts";
import { channelMeasure, channelValue, channelVolts } from "./conversion.ts";

/** What a converter saw at an input. */
export interface Sample {
  readonly volts: number;
  /** Whether this is an end of what it can see, so that the true voltage may be beyond. */
  readonly isAtEnd: boolean;
}

/** The options of a converter, as chosen. */
export interface ConverterOptions {
  readonly reference_voltage?: number | undefined;
}

/** An analog converter whose driver shows a file for each input. */
export interface Converter<Shape extends z.ZodRawShape> {
  readonly kind: string;
  readonly summary: string;
  readonly usedFor: string;
  /** See {@link import("../kind.ts").DeviceKindDefinition.searchedAs}. */
  readonly searchedAs?: readonly string[] | undefined;
  readonly driver: Driver;
  /** The inputs by the names that people write: "0", and "0-1" for the difference of two. */
  readonly inputs: readonly string[];
  readonly options: Shape;
  readonly example: Readonly<Record<string, unknown>>;
  /** The highest voltage that an input can show with any setting. */
  readonly maxVolts: number;
  /** Whether its range ends at its reference, which can be the true value, as at the end of a potentiometer. */
  readonly endsAtReference: boolean;
  /** What to do where a voltage is beyond the range of an input: a clause. */
  endAdvice(input: string): string;
  sample(files: PartFiles, input: string, options: ConverterOptions): Promise<Sample>;
  /** The files of an input at this voltage, for the simulation. */
  shows(volts: number, input: string, options: ConverterOptions): Readonly<Record<string, string | number>>;
}

/** The usual supply of a thermistor, that of the Pi's 3.3 V pin. */
const usualReference = 3.3;

/** How IIO calls an input: `in_voltage0`, or `in_voltage0-voltage1` for a difference (Documentation/ABI/testing/sysfs-bus-iio). */
export function voltageChannel(input: string): string {
  return `in_voltage${input.replace("-", "-voltage")}`;
}

/** Makes a kind of a converter. It adds the option `channels`, and what a voltage means. */
export function defineConverter<Shape extends z.ZodRawShape>(converter: Converter<Shape>): DeviceKind {
  const { driver, options, maxVolts } = converter;
  const channelsOf = (chosen: unknown) => Object.entries((chosen as { channels: Record<string, Channel> }).channels);
  const byName = <Value>(chosen: unknown, make: (channel: Channel) => Value) =>
    Object.fromEntries(channelsOf(chosen).map(([name, channel]) => [name, make(channel)]));
  const referenceOf = (channel: Channel, chosen: unknown) =>
    channel.reference_voltage ?? (chosen as ConverterOptions).reference_voltage ?? usualReference;
  return defineReadPart({
    kind: converter.kind,
    summary: converter.summary,
    usedFor: converter.usedFor,
    searchedAs: converter.searchedAs,
    group: "electricity",
    driver,
    options: { channels: channelsOption(converter.inputs), ...options },
    example: converter.example,
    measures: (chosen) => byName(chosen, (channel): Measure => channelMeasure(channel, maxVolts)),
    simulated: (chosen) => byName(chosen, (channel) => drift(channel, maxVolts)),
    async read(files, chosen) {
      const shown = await files.channels();
      const absent = channelsOf(chosen).filter(([, { input }]) => !shown.includes(voltageChannel(input)));
      if (absent.length === channelsOf(chosen).length) throw noInput(absent[0]?.[1].input ?? "", shown);
      const reading: Record<string, number | NoValue> = {};
      for (const [name, channel] of channelsOf(chosen)) {
        if (absent.some(([one]) => one === name)) {
          reading[name] = new NoValue(noInput(channel.input, shown).message);
          continue;
        }
        const { volts, isAtEnd } = await converter.sample(files, channel.input, chosen as ConverterOptions);
        const isResistor = channel.ntc !== undefined || channel.table !== undefined;
        const isTrue = converter.endsAtReference && (isResistor || (!channel.divider && !channel.shunt));
        reading[name] =
          isAtEnd && !isTrue
            ? new NoValue(`input ${channel.input} is at the end of its range; ${converter.endAdvice(channel.input)}`)
            : channelValue(channel, volts, referenceOf(channel, chosen));
      }
      return reading;
    },
    shows(values, chosen) {
      const files = channelsOf(chosen).map(([name, channel]) => {
        const volts = channelVolts(channel, values[name] ?? 0, referenceOf(channel, chosen));
        return converter.shows(volts, channel.input, chosen as ConverterOptions);
      });
      return Object.assign({}, ...files);
    },
  });
}

/** What is wrong with an input for which there is no channel: a relative of the part has fewer of them, such as the MCP3004. */
function noInput(input: string, channels: readonly string[]): UserError {
  const inputs = channels.flatMap((channel) => /^in_voltage(\d+(?:-voltage\d+)?)$/.exec(channel)?.[1] ?? []);
  const others = inputs.map((one) => one.replace("voltage", "")).join(", ");
  return new UserError(`the part has no input ${input}; the kernel shows ${others === "" ? "none" : others}`);
}

/** How a channel moves when it is simulated. */
function drift(channel: Channel, maxVolts: number): Drift {
  const { range } = channelMeasure(channel, maxVolts);
  if (channel.ntc !== undefined) return around(23, 2, 200_000);
  const [low, high] = channel.table === undefined ? [0, range[1]] : range;
  return around(low + (high - low) * 0.3, (high - low) * 0.05, 200_000);
}
