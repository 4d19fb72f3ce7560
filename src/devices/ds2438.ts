import * as z from "zod";
import { UserError } from "../core/errors.ts";
import type { Measure } from "../core/measure.ts";
import { quantity } from "../core/readers/quantity.ts";
import { findW1, pretendedW1, readW1, type W1Part, w1Options, w1Turn } from "../core/readers/w1/place.ts";
import { defineSensor } from "../core/sensor.ts";
import { around, type Drift } from "../core/simulation/pretend.ts";

const part: W1Part = { name: "DS2438", families: ["26"], example: "26-0000011f3c4d" };

/** Ranges: datasheet DS2438, "DC Electrical Characteristics" and "A/D Converter". */
const measures = {
  temperature: { ...quantity.temperature, digits: 2, range: [-55, 125] },
  voltage: { ...quantity.voltage, digits: 2, range: [0, 10.23] },
  supply_voltage: {
    ...quantity.voltage,
    name: "Supply voltage",
    digits: 2,
    range: [2.4, 10],
    entity_category: "diagnostic",
  },
  current: { ...quantity.current, range: [-1_000, 1_000] },
  humidity: { ...quantity.humidity, range: [0, 100] },
} as const satisfies Readonly<Record<string, Measure>>;
type Name = keyof typeof measures;

const drifts: Readonly<Record<Name, Drift>> = {
  temperature: around(16, 0.5, 300_000),
  voltage: around(1.5, 0.1, 120_000),
  supply_voltage: around(5, 0.02, 600_000),
  current: around(0.5, 0.2, 120_000),
  humidity: around(55, 4, 240_000),
};

/**
 * The parts of Honeywell whose voltage is a share of their supply: what it is at 0 %, and more for each %, at 25 °C. The formula is in
 * their datasheets, "Specifications": HIH-4000 (also HIH-3610) and HIH-5030.
 */
const humiditySensors = {
  hih4000: { atZero: 0.16, perPercent: 0.0062 },
  hih5030: { atZero: 0.1515, perPercent: 0.00636 },
} as const;

/** The options by which it is chosen what is measured. */
interface Chosen {
  readonly humidity_sensor?: keyof typeof humiditySensors | undefined;
  readonly shunt?: number | undefined;
}

/** What belongs to the measures that a part with these options has. */
function chosenOf<Of>(chosen: Chosen, all: Readonly<Record<Name, Of>>): Partial<Readonly<Record<Name, Of>>> {
  const { temperature, voltage, supply_voltage, current, humidity } = all;
  return {
    temperature,
    ...(chosen.humidity_sensor === undefined ? { voltage } : { humidity }),
    ...(chosen.shunt !== undefined && { current }),
    supply_voltage,
  };
}

/** Driver: drivers/w1/slaves/w1_ds2438.c, whose files are texts of whole numbers in the part's own units. */
export const ds2438 = defineSensor({
  kind: "ds2438",
  summary:
    "A DS2438 on 1-Wire, read through the kernel's driver w1_ds2438: temperature, voltage, and what hangs on it.",
  usedFor: "temperature, voltage, current or humidity from a DS2438 on 1-Wire",
  searchedAs: ["soil or air humidity on 1-Wire", "HIH-4000"],
  group: "climate",
  options: {
    ...w1Options(part),
    humidity_sensor: z
      .enum(["hih4000", "hih5030"])
      .optional()
      .describe(
        "The humidity sensor of Honeywell on its input VAD: hih4000 (also HIH-3610) or hih5030. Default: none, and the voltage of VAD is published.",
      ),
    shunt: z
      .number()
      .positive()
      .max(1_000)
      .optional()
      .describe("The resistor in Ω through which a current is measured. Default: none, and no current is published."),
  },
  example: { topic: "home/cellar/climate", address: part.example, humidity_sensor: "hih4000" },
  every: { default: "1m", min: "1s" },
  connection: { bus: "1-Wire", line: "dtoverlay=w1-gpio" },
  oneAtATime: w1Turn,
  measures: (options) => chosenOf<Measure>(options, measures) as Readonly<Record<Name, Measure>>,
  pretend: {
    values: (options) => chosenOf(options, drifts) as Readonly<Record<Name, Drift>>,
    identity: ({ address = part.example }) => address,
    files: (options, values) => {
      const folder = pretendedW1(part, options);
      const { humidity_sensor: sensor, shunt = 1 } = options as Chosen;
      const vad = sensor === undefined ? values.voltage : humidityVoltage(sensor, values);
      return {
        [`${folder}/temperature`]: `${Math.round(values.temperature * 256)}\n`,
        [`${folder}/vad`]: `${Math.round(vad * 100)}\n`,
        [`${folder}/vdd`]: `${Math.round(values.supply_voltage * 100)}\n`,
        [`${folder}/iad`]: `${Math.round((values.current ?? 0) * 4096 * shunt)}\n`,
      };
    },
  },
  async open({ humidity_sensor: sensor, shunt, ...place }, { files, clock }) {
    return async () => {
      const folder = await findW1(files, part, place);
      const number = async (name: string) => Number((await readW1(files, clock, folder, name)) || Number.NaN);
      const supply_voltage = (await number("vdd")) / 100;
      // A data line on ground reads as zeros with a right checksum. The part does not work without its supply.
      if (supply_voltage === 0)
        throw new UserError("the data line of the 1-Wire bus is shorted to ground", { hint: "check the wiring" });
      const temperature = (await number("temperature")) / 256;
      const voltage = (await number("vad")) / 100;
      return {
        temperature,
        voltage,
        supply_voltage,
        // The register counts 0.2441 mV, which is 1/4096 V (datasheet, "Current Accumulators").
        current: shunt === undefined ? Number.NaN : (await number("iad")) / 4096 / shunt,
        humidity: sensor === undefined ? Number.NaN : humidityAt(sensor, voltage / supply_voltage, temperature),
      };
    };
  },
});

/**
 * The relative humidity in % of a share of the supply, put right for the temperature in °C. In wet air the part, which is right to 3.5 %,
 * says a little more than 100 %.
 */
function humidityAt(sensor: keyof typeof humiditySensors, share: number, temperature: number): number {
  const { atZero, perPercent } = humiditySensors[sensor];
  const humidity = (share - atZero) / perPercent / (1.0546 - 0.00216 * temperature);
  return humidity > 100 && humidity <= 103.5 ? 100 : humidity;
}

/** The voltage that gives the humidity of the values. */
function humidityVoltage(sensor: keyof typeof humiditySensors, values: Readonly<Record<Name, number>>): number {
  const { atZero, perPercent } = humiditySensors[sensor];
  const seen = values.humidity * (1.0546 - 0.00216 * values.temperature);
  return values.supply_voltage * (atZero + seen * perPercent);
}
