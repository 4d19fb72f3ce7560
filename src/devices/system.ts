import * as z from "zod";
import { explain } from "../core/errors.ts";
import {
  choose,
  chosenDrifts,
  chosenMeasures,
  type Offered,
  type OfferedMeasure,
} from "../core/readers/chosen-measures.ts";
import { NoValue } from "../core/sensor/no-value.ts";
import { defineSensor } from "../core/sensor.ts";
import { disk } from "./system/disk.ts";
import { drives, wear } from "./system/drives.ts";
import { fan } from "./system/fan.ts";
import { loads } from "./system/load.ts";
import { memory } from "./system/memory.ts";
import { network, wireless } from "./system/network.ts";
import { processor } from "./system/processor.ts";
import type { Source, SystemOptions, Values } from "./system/source.ts";
import { supply, throttling } from "./system/throttling.ts";
import { uptime } from "./system/uptime.ts";

const sources: readonly Source[] = [
  ...[processor, loads, memory, disk, uptime, drives, wear, fan],
  ...[wireless, network, supply, throttling],
];

/** All that the sources offer. All of it is about the machine itself. */
const offered: Offered<string> = Object.fromEntries(
  sources.flatMap((source) =>
    Object.entries(source.offered).map(([name, measure]): [string, OfferedMeasure] => [
      name,
      { ...measure, entity_category: "diagnostic" },
    ]),
  ),
);

/** What every Linux shows. */
const usual = ["processor_use", "load_1m", "memory_use_percent", "disk_use_percent", "uptime"];

/** The machine that the agent runs on. */
export const system = defineSensor({
  kind: "system",
  summary: "The machine itself: processor, memory, disk, drives, fan, Wi-Fi, network, supply.",
  usedFor: "how the Pi itself is: load, memory, disk, Wi-Fi, under-voltage, throttling, fan",
  searchedAs: ["SSD", "NVMe", "throttled"],
  alsoCalled: ["systemmonitor"],
  group: "machine",
  options: {
    measures: chosenMeasures(offered, usual, "What is read, as far as this machine has it"),
    disk: z
      .string()
      .regex(/^\//, { error: "is no path; write a folder on the disk from / on, such as /mnt/data" })
      .default("/")
      .describe("A folder on the disk whose room is measured. Default: /."),
    interface: z
      .string()
      .regex(/^[^/\s.][^/\s]{0,14}$/, { error: "is no network interface; write its name in ip link, such as eth0" })
      .optional()
      .describe("The network interface for network_in and network_out, such as eth0."),
  },
  example: {
    topic: "home/office/system",
    measures: ["processor_use", "memory_use_percent", "disk_use_percent", "under_voltage"],
  },
  every: { default: "1m", min: "5s" },
  measures: ({ measures }) => choose(offered, measures),
  conflicts({ measures, interface: name }) {
    const counted = measures.find((measure) => measure in network.offered);
    return counted === undefined || name !== undefined
      ? {}
      : { measures: `${counted} needs the network interface; add interface: eth0, or what ip link calls it` };
  },
  pretend: {
    values: ({ measures }) => chosenDrifts(offered, measures as readonly string[]),
    identity: ({ disk: path, interface: name, measures }) => [path, name, measures],
    files: (options, values) =>
      merged(chosenSources(options), (source) => source.files?.(withAll(source, values), lookedAt(options))),
    spaces: (options, values) =>
      merged(chosenSources(options), (source) => source.spaces?.(withAll(source, values), lookedAt(options))),
    program: (options, values, words) =>
      chosenSources(options)
        .map((source) => source.program?.(withAll(source, values), words))
        .find((printed) => printed !== undefined),
  },
  async open(options, context) {
    const readers = chosenSources(options).map((source) => ({ source, read: source.open(context, options) }));
    return async () => {
      const failures: unknown[] = [];
      let all: Values<string> = {};
      for (const { source, read } of readers) {
        const values = await read().catch((error) => {
          failures.push(error);
          return none(source, error);
        });
        all = { ...all, ...values };
      }
      // Where one thing is missing on this machine, the others are published.
      if (failures.length === readers.length) throw failures[0];
      return Object.fromEntries(options.measures.map((name) => [name, all[name] ?? Number.NaN]));
    };
  },
});

function chosenSources({ measures }: Readonly<Record<string, unknown>>): readonly Source[] {
  const chosen = measures as readonly string[];
  return sources.filter((source) => chosen.some((name) => name in source.offered));
}

function none(source: Source, error: unknown): Values<string> {
  const reason = new NoValue(explain(error));
  return Object.fromEntries(Object.keys(source.offered).map((name) => [name, reason]));
}

/** The values of a source for the simulation: files also hold measures that were not chosen. */
function withAll({ offered: all }: Source, values: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(all).map(([name, { simulated }]) => [name, values[name] ?? simulated.middle]),
  );
}

function lookedAt({ disk: path = "/", interface: name }: Readonly<Record<string, unknown>>): SystemOptions {
  return { disk: String(path), ...(name !== undefined && { interface: String(name) }) };
}

function merged<Value>(
  some: readonly Source[],
  shown: (source: Source) => Readonly<Record<string, Value>> | undefined,
): Readonly<Record<string, Value>> {
  return Object.assign({}, ...some.map(shown));
}
