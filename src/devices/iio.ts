import * as z from "zod";
import { readIioChannel } from "../core/readers/channel.ts";
import { defineFreePart } from "../core/readers/free-part.ts";
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

/** Any part that a driver of the kernel shows in /sys/bus/iio. */
export const iio = defineFreePart<ChosenChannel>({
  kind: "iio",
  summary:
    "Any part that a driver of the kernel shows as an IIO device: sensors and converters that have no kind of their own.",
  usedFor: "parts of Linux's IIO that have no kind of their own",
  group: "sensor",
  example: {
    topic: "home/garden/weather",
    part: "bmp580",
    measures: { temperature: { channel: "in_temp" }, pressure: { channel: "in_pressure", digits: 2 } },
  },
  about: {
    part: "What the kernel calls the part: the text of the file name in its folder in /sys/bus/iio/devices.",
    device:
      "Where it is, needed where there are two: 1-0048 on I2C bus 1 at 0x48, spi0.1 at CE1, or its file label. Default: the only one.",
    measures: "What is read: for each measure its channel and, where the channel's name does not say it, what it is.",
  },
  place: {
    channel: z
      .string()
      .regex(/^(in|out)_[a-z0-9]+([_-][a-z0-9]+)*$/, {
        error: "is no channel of IIO; write its file's name without _raw or _input, such as in_temp or in_voltage0",
      })
      .describe(
        "The channel: the name of its file without _raw or _input, such as in_temp, in_voltage0 or in_accel_x.",
      ),
    multiply: z
      .number()
      .optional()
      .describe(
        "What the value in IIO's unit (m°C, m%, kPa, mV, mA, mW, %) is multiplied by. Default: what makes °C, %, hPa, V, A, W or ppm of it.",
      ),
    offset: z.number().optional().describe("What is added after that. Default: 0."),
  },
  offers(names) {
    const files = names.filter((one) => /^in_[a-z]+\d*(?:_[a-z0-9]+)*_(?:raw|input)$/.test(one));
    const channels = new Set(files.map((one) => one.replace(/_(?:raw|input)$/, "")));
    return [...channels].map((channel) => [channel.replace(/^in_/, ""), { channel }]);
  },
  measureOf: measureOfChannel,
  unitClash,
  find: findIioDevice,
  mustHave: (files, part, folder, wanted) => mustHave(files, part, folder, wanted.map(channelOf)),
  read: async (files, folder, one) => inItsUnit(one, await readIioChannel(files, folder, channelOf(one))),
  simulatedOf,
  shows: ({ part, device }, measures) => ({
    folder: `/sys/bus/iio/devices/iio:device-${part}-${device ?? "only"}`,
    texts: {
      name: part,
      ...(device !== undefined && { label: device }),
      ...Object.assign({}, ...measures.map(([one, value]) => shownAs(one, value))),
    },
  }),
});
