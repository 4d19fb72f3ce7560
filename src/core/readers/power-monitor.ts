import * as z from "zod";
import { UserError } from "../errors.ts";
import type { DeviceKind } from "../kind.ts";
import type { Measure } from "../measure.ts";
import { NoValue } from "../sensor/no-value.ts";
import { around } from "../simulation/pretend.ts";
import { channelFactor } from "./channel.ts";
import type { Driver } from "./driver.ts";
import type { PartFiles } from "./part-files.ts";
import { quantity } from "./quantity.ts";
import { defineReadPart } from "./read-part.ts";

/** A part on I2C that measures a voltage, and a current by what falls off at a resistor. Its whole file is such a table. */
export interface PowerMonitor {
  readonly kind: string;
  readonly summary: string;
  readonly usedFor: string;
  /** See {@link import("../kind.ts").DeviceKindDefinition.searchedAs}. */
  readonly searchedAs?: readonly string[] | undefined;
  readonly topic: string;
  readonly driver: Omit<Driver, "subsystem" | "addresses">;
  /** The highest voltage of the bus that it can measure, in volts. */
  readonly mostVolts: number;
  /** The highest voltage at the resistor that is not the end of its range, in volts. At the end it shows less than there is. */
  readonly mostShuntVolts: number;
  /**
   * The gain divisor (ti,shunt-gain in the device tree) with which the range is that wide; with a smaller one it is that much narrower.
   * Absent: the part has one range only.
   */
  readonly widestGain?: number;
}

/** The addresses that each of them can have, by what its two pins A0 and A1 are connected to. */
const addresses = Array.from({ length: 16 }, (_, index) => 0x40 + index);

/** The resistor that the drivers assume where nobody has told them of another one, in ohms (INA2XX_RSHUNT_DEFAULT, INA238_RSHUNT_DEFAULT). */
const assumedOhms = 0.01;

/** The most that a kernel of 32 bits can show, in watts: its drivers show that for all that is more (LONG_MAX in ina2xx_get_value and ina238_read_power). */
const mostShownWatts = 2_147.483_647;

/** The driver calculates the power with the current, so it is less than there is, too. */
const pastRange = new NoValue("more flows than the part can measure at this resistor");

const channels = { voltage: "in1_input", current: "curr1_input", power: "power1_input" } as const;
const names = ["voltage", "current", "power"] as const;
type Name = (typeof names)[number];

const shuntOption = z
  .number()
  .positive()
  .max(100)
  .describe("The resistor through which the current flows, in ohms. It is printed on it: R100 is 0.1, R010 is 0.01.");

/**
 * Makes a kind of a part with a resistor. Its driver calculates current and power with a resistor of its own, 0.01 Ω if the device tree
 * says nothing. They are published for the resistor that is really there, whatever the driver assumes.
 */
export function definePowerMonitor({
  topic,
  mostVolts,
  mostShuntVolts,
  widestGain,
  ...part
}: PowerMonitor): DeviceKind {
  const driver: Driver = { ...part.driver, subsystem: "hwmon", addresses };
  return defineReadPart({
    kind: part.kind,
    summary: part.summary,
    usedFor: part.usedFor,
    searchedAs: part.searchedAs,
    group: "electricity",
    driver,
    options: { shunt: shuntOption },
    example: { topic, shunt: 0.1 },
    every: { default: "10s", min: "1s" },
    measures({ shunt }): Record<Name, Measure> {
      const mostAmperes = mostShuntVolts / shunt;
      return {
        voltage: { ...quantity.voltage, digits: 2, range: [0, mostVolts] },
        current: { ...quantity.current, range: [-mostAmperes, mostAmperes] },
        power: { ...quantity.power, range: [0, mostVolts * mostAmperes] },
      };
    },
    simulated({ shunt }) {
      const amperes = Math.min(0.42, mostShuntVolts / shunt / 2);
      return {
        voltage: around(12.1, 0.2, 300_000),
        current: around(amperes, amperes / 10, 120_000),
        power: around(12.1 * amperes, amperes, 120_000),
      };
    },
    async read(files, { shunt }) {
      const shown = {} as Record<Name, number>;
      for (const name of names)
        shown[name] = (await files.channel(channels[name])) * channelFactor("hwmon", channels[name]);
      if (shown.power >= mostShownWatts) shown.power = Math.abs(shown.voltage * shown.current);
      const reading = forResistor(shown, await driverOhms(files), shunt);
      const isPastRange = Math.abs(reading.current) > ((await rangeShare(files, widestGain)) * mostShuntVolts) / shunt;
      return isPastRange ? { ...reading, current: pastRange, power: pastRange } : reading;
    },
    shows(values, { shunt }) {
      const shown = forResistor(values, shunt, assumedOhms);
      return Object.fromEntries(
        names.map((name) => [channels[name], Math.round(shown[name] / channelFactor("hwmon", channels[name]))]),
      );
    },
  });
}

/**
 * Which share of the widest range at the resistor the device tree has chosen (Documentation/devicetree/bindings/hwmon/ti,ina2xx.yaml). The
 * drivers take all of it where nothing is said.
 */
async function rangeShare(files: PartFiles, widestGain: number | undefined): Promise<number> {
  const gain = widestGain && bigEndian(await files.bytes("device/of_node/ti,shunt-gain"));
  return widestGain && gain ? Math.min(1, gain / widestGain) : 1;
}

/** What was calculated with a resistor of `from` ohms, for one of `to` ohms: the voltage that falls off at it stays the same. */
function forResistor(values: Readonly<Record<Name, number>>, from: number, to: number): Record<Name, number> {
  const share = from / to;
  return { voltage: values.voltage, current: values.current * share, power: values.power * share };
}

/**
 * The resistor with which the driver calculates, in ohms: the file `shunt_resistor` of ina2xx, in microohms, or what the device tree says,
 * which ina238 shows nowhere else.
 */
async function driverOhms(files: PartFiles): Promise<number> {
  const shown = await files.text("shunt_resistor");
  const microohms = shown === undefined ? bigEndian(await files.bytes("device/of_node/shunt-resistor")) : Number(shown);
  if (microohms === undefined) return assumedOhms;
  if (microohms > 0) return microohms / 1_000_000;
  throw new UserError(`the driver calculates with a resistor of ${shown ?? microohms} microohms`);
}

/** A number of 32 bits as the device tree has it; undefined if there is none. */
function bigEndian(bytes: Uint8Array | undefined): number | undefined {
  return bytes?.length === 4 ? new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) : undefined;
}
