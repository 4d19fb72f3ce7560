import * as z from "zod";
import { UserError } from "../errors.ts";
import type { DeviceKind } from "../kind.ts";
import { type Files, readTrimmed } from "../machine/files.ts";
import type { Measure } from "../measure.ts";
import { defineSensor } from "../sensor.ts";
import { around } from "../simulation/pretend.ts";
import { i2cAddress, i2cBus, usualBus } from "./bus-address.ts";
import type { Driver } from "./driver.ts";
import { findPart } from "./find-part.ts";
import { readMeasures } from "./kernel-part.ts";
import { pretendedFiles } from "./pretended-files.ts";
import { quantity } from "./quantity.ts";

/** A part on I2C that measures a voltage, and a current by what falls off at a resistor. Its whole file is such a table. */
export interface PowerMonitor {
  readonly kind: string;
  readonly summary: string;
  readonly usedFor: string;
  readonly topic: string;
  readonly driver: Pick<Driver, "module" | "names">;
  /** The highest voltage of the bus that it can measure, in volts. */
  readonly mostVolts: number;
  /** The highest voltage at the resistor that is not the end of its range, in volts. At the end it shows less than there is. */
  readonly mostShuntVolts: number;
}

/** The addresses that each of them can have, by what its two pins A0 and A1 are connected to. */
const addresses = Array.from({ length: 16 }, (_, index) => 0x40 + index);

/** The resistor that the drivers assume where nobody has told them of another one, in ohms (INA2XX_RSHUNT_DEFAULT, INA238_RSHUNT_DEFAULT). */
const assumedOhms = 0.01;

const channels = {
  voltage: { channel: "in1_input" },
  current: { channel: "curr1_input" },
  power: { channel: "power1_input" },
} as const;
type Name = keyof typeof channels;

const shuntOption = z
  .number()
  .positive()
  .max(100)
  .describe("The resistor through which the current flows, in ohms. It is printed on it: R100 is 0.1, R010 is 0.01.");

/**
 * Makes a kind of a part with a resistor. Its driver calculates current and power with a resistor of its own, 0.01 Ω if the device tree
 * says nothing. They are published for the resistor that is really there, whatever the driver assumes.
 */
export function definePowerMonitor({ mostVolts, mostShuntVolts, topic, ...part }: PowerMonitor): DeviceKind {
  const driver: Driver = { ...part.driver, subsystem: "hwmon", addresses };
  const measuresOf = (shunt: number): Record<Name, Measure> => {
    const mostAmperes = mostShuntVolts / shunt;
    return {
      voltage: { ...quantity.voltage, digits: 2, range: [0, mostVolts] },
      current: { ...quantity.current, range: [-mostAmperes, mostAmperes] },
      power: { ...quantity.power, range: [0, mostVolts * mostAmperes] },
    };
  };
  const simulated = (shunt: number) => {
    const amperes = Math.min(0.42, mostShuntVolts / shunt / 2);
    return {
      voltage: around(12.1, 0.2, 300_000),
      current: around(amperes, amperes / 10, 120_000),
      power: around(12.1 * amperes, amperes, 120_000),
    };
  };
  return defineSensor({
    kind: part.kind,
    summary: part.summary,
    usedFor: part.usedFor,
    group: "electricity",
    options: {
      shunt: shuntOption,
      bus: i2cBus,
      address: i2cAddress(addresses) as z.ZodOptional<z.ZodNumber>,
    },
    example: { topic, shunt: 0.1 },
    every: { default: "10s", min: "1s" },
    oneAtATime: ({ bus }) => `i2c-${bus}`,
    measures: ({ shunt }) => measuresOf(shunt),
    pretend: {
      values: ({ shunt }) => simulated(Number(shunt)),
      identity: ({ bus, address }) => [bus, address ?? addresses[0]],
      files: ({ bus, address, shunt }, values) => {
        const shown = forResistor(values, Number(shunt), assumedOhms);
        const place = { bus: Number(bus ?? usualBus), address: address as number | undefined };
        return pretendedFiles(driver, channels, place, shown);
      },
    },
    async open({ shunt, ...place }, context) {
      await findPart(context.files, driver, place);
      return async () => {
        const folder = await findPart(context.files, driver, place);
        const shown = await readMeasures<Name>(context, driver.subsystem, folder, channels);
        return forResistor(shown, await driverOhms(context.files, folder), shunt);
      };
    },
  });
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
async function driverOhms(files: Files, folder: string): Promise<number> {
  const shown = await readTrimmed(files, `${folder}/shunt_resistor`);
  const microohms =
    shown === undefined ? await fromDeviceTree(files, `${folder}/device/of_node/shunt-resistor`) : Number(shown);
  if (microohms === undefined) return assumedOhms;
  if (microohms > 0) return microohms / 1_000_000;
  throw new UserError(`the driver calculates with a resistor of ${shown ?? microohms} microohms`);
}

/** A number of 32 bits, big-endian as all of the device tree; undefined if there is none. */
async function fromDeviceTree(files: Files, path: string): Promise<number | undefined> {
  const bytes = await files.readBytes(path).catch(() => new Uint8Array());
  return bytes.length === 4 ? new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) : undefined;
}
