import * as z from "zod";
import { readIioChannel } from "../core/readers/channel.ts";
import { freeMeasures } from "../core/readers/free-measures.ts";
import { patiently } from "../core/readers/patiently.ts";
import { busWord } from "../core/readers/place.ts";
import { eachOf, readEach } from "../core/readers/read-each.ts";
import { defineSensor } from "../core/sensor.ts";
import {
  type ChosenChannel,
  channelOf,
  inItsUnit,
  measureOfChannel,
  shownAs,
  simulatedOf,
  unitClash,
} from "./iio/channels.ts";
import { findIioDevice, mustHave } from "./iio/find-device.ts";

const place = {
  channel: z
    .string()
    .regex(/^(in|out)_[a-z0-9]+([_-][a-z0-9]+)*$/, {
      error: "is no channel of IIO; write its file's name without _raw or _input, such as in_temp or in_voltage0",
    })
    .describe("The channel: the name of its file without _raw or _input, such as in_temp, in_voltage0 or in_accel_x."),
  multiply: z
    .number()
    .optional()
    .describe(
      "What the value in IIO's unit (m°C, m%, kPa, mV, mA, mW, %) is multiplied by. Default: what makes °C, %, hPa, V, A, W or ppm of it.",
    ),
  offset: z.number().optional().describe("What is added after that. Default: 0."),
};

type Chosen = Readonly<Record<string, ChosenChannel>>;

/** Any part that a driver of the kernel shows in /sys/bus/iio. */
export const iio = defineSensor({
  kind: "iio",
  summary:
    "Any part that a driver of the kernel shows as an IIO device: sensors and converters that have no kind of their own.",
  usedFor: "parts of Linux's IIO that have no kind of their own",
  group: "sensor",
  options: {
    part: z
      .string()
      .min(1)
      .max(60)
      .describe("What the kernel calls the part: the text of the file name in its folder in /sys/bus/iio/devices."),
    device: z
      .string()
      .min(1)
      .max(60)
      .optional()
      .describe(
        "Where it is, needed where there are two: 1-0048 on I2C bus 1 at 0x48, spi0.1 at CE1, or its file label. Default: the only one.",
      ),
    measures: freeMeasures(place).describe(
      "What is read: for each measure its channel and, where the channel's name does not say it, what it is.",
    ),
  },
  example: {
    topic: "home/garden/weather",
    part: "bmp580",
    measures: { temperature: { channel: "in_temp" }, pressure: { channel: "in_pressure", digits: 2 } },
  },
  every: { default: "30s", min: "1s" },
  connection: {
    bus: "the machine",
    isGeneral: true,
    recognise({ subsystem, name, names }) {
      const files = names.filter((one) => /^in_[a-z]+\d*(?:_[a-z0-9]+)*_(?:raw|input)$/.test(one));
      const found = [...new Set(files.map((one) => one.replace(/_(?:raw|input)$/, "")))].slice(0, 8);
      if (subsystem !== "iio" || found.length === 0) return undefined;
      const measures = found.map((one) => [one.replace(/^in_/, ""), { channel: one }]);
      return { part: name, measures: Object.fromEntries(measures) };
    },
  },
  oneAtATime: ({ part, device }) => busWord(device) ?? `iio-${part}`,
  measures: ({ measures }) => eachOf(measures as Chosen, measureOfChannel),
  conflicts({ measures }) {
    const clashes = Object.entries(measures as Chosen).flatMap(([name, one]) => unitClash(name, one) ?? []);
    return clashes[0] === undefined ? {} : { measures: clashes[0] };
  },
  pretend: {
    values: ({ measures }) => eachOf(measures as Chosen, simulatedOf),
    identity: ({ part, device }) => [part, device],
    files({ part, device, measures }, values) {
      const folder = `/sys/bus/iio/devices/iio:device-${part}-${device ?? "only"}`;
      const shown = Object.entries(measures as Chosen).map(([name, one]) => shownAs(one, values[name] ?? 0));
      const texts = {
        name: String(part),
        ...(device !== undefined && { label: String(device) }),
        ...Object.assign({}, ...shown),
      };
      return Object.fromEntries(Object.entries(texts).map(([file, text]) => [`${folder}/${file}`, `${text}\n`]));
    },
  },
  async open({ part, device, measures }, { files, clock }) {
    const chosen = measures as Chosen;
    await mustHave(files, part, await findIioDevice(files, part, device), Object.values(chosen).map(channelOf));
    return async () => {
      // The part is looked for each time, because its number changes when its driver is loaded anew.
      const folder = await findIioDevice(files, part, device);
      const read = (one: ChosenChannel) => async () =>
        inItsUnit(one, await patiently(clock, () => readIioChannel(files, folder, channelOf(one))));
      return readEach(eachOf(chosen, read));
    };
  },
});
