import { quantity } from "../../core/readers/quantity.ts";
import { type MeterMeasure, standing } from "../../core/readers/serial/measure-list.ts";
import { around } from "../../core/simulation/pretend.ts";

/**
 * A measure, and the code of its object (P1 companion standard 5.0.2, 6.12; Fluvius e-MUCS P1 1.7.1; Luxembourg's P1 specification 1.1.3;
 * compared with dsmr_parser's obis_references.py).
 */
interface CodedMeasure extends MeterMeasure {
  /** Several codes are added up where the first one is missing: a Dutch meter gives its energy by tariff only. */
  readonly code: string;
  readonly orSumOf?: readonly string[];
}

/** The lines have 6 digits before the point, of kWh. */
const energy = { ...quantity.energy, range: [0, 999_999.999] } as const;
/** The lines have 2 digits before the point, of kW, with 3 after it; Swedish ones have 4 before it. */
const power = { ...quantity.power, digits: 0, range: [0, 99_999] } as const;
/** The lines have 3 digits before the point, of V. */
const voltage = { ...quantity.voltage, digits: 1, range: [0, 999.9] } as const;
/** The lines have 3 digits before the point, of A; Belgian ones have 2 after it, Dutch ones none. */
const current = { ...quantity.current, digits: 2, range: [0, 999.99] } as const;

/** What a meter may give, by the names that ESPHome has for it. Delivered is what comes from the grid, returned what goes to it. */
export const p1Measures = {
  energy_delivered: {
    ...energy,
    code: "1-0:1.8.0",
    orSumOf: ["1-0:1.8.1", "1-0:1.8.2"],
    simulated: standing(7_412.305),
  },
  energy_delivered_tariff1: {
    ...energy,
    name: "Energy delivered tariff 1",
    code: "1-0:1.8.1",
    simulated: standing(4_100.2),
  },
  energy_delivered_tariff2: {
    ...energy,
    name: "Energy delivered tariff 2",
    code: "1-0:1.8.2",
    simulated: standing(3_312.105),
  },
  energy_returned: { ...energy, code: "1-0:2.8.0", orSumOf: ["1-0:2.8.1", "1-0:2.8.2"], simulated: standing(902.5) },
  energy_returned_tariff1: {
    ...energy,
    name: "Energy returned tariff 1",
    code: "1-0:2.8.1",
    simulated: standing(300.25),
  },
  energy_returned_tariff2: {
    ...energy,
    name: "Energy returned tariff 2",
    code: "1-0:2.8.2",
    simulated: standing(602.25),
  },
  power_delivered: { ...power, code: "1-0:1.7.0", simulated: around(650, 400, 240_000) },
  power_returned: { ...power, code: "1-0:2.7.0", simulated: around(0, 0, 240_000) },
  power_delivered_l1: {
    ...power,
    name: "Power delivered L1",
    code: "1-0:21.7.0",
    simulated: around(300, 200, 240_000),
  },
  power_delivered_l2: {
    ...power,
    name: "Power delivered L2",
    code: "1-0:41.7.0",
    simulated: around(250, 150, 200_000),
  },
  power_delivered_l3: { ...power, name: "Power delivered L3", code: "1-0:61.7.0", simulated: around(100, 50, 300_000) },
  power_returned_l1: { ...power, name: "Power returned L1", code: "1-0:22.7.0", simulated: around(0, 0, 240_000) },
  power_returned_l2: { ...power, name: "Power returned L2", code: "1-0:42.7.0", simulated: around(0, 0, 240_000) },
  power_returned_l3: { ...power, name: "Power returned L3", code: "1-0:62.7.0", simulated: around(0, 0, 240_000) },
  voltage_l1: { ...voltage, name: "Voltage L1", code: "1-0:32.7.0", simulated: around(231, 3, 400_000) },
  voltage_l2: { ...voltage, name: "Voltage L2", code: "1-0:52.7.0", simulated: around(230, 3, 400_000) },
  voltage_l3: { ...voltage, name: "Voltage L3", code: "1-0:72.7.0", simulated: around(232, 3, 400_000) },
  current_l1: { ...current, name: "Current L1", code: "1-0:31.7.0", simulated: around(1.3, 0.9, 240_000) },
  current_l2: { ...current, name: "Current L2", code: "1-0:51.7.0", simulated: around(1.1, 0.7, 240_000) },
  current_l3: { ...current, name: "Current L3", code: "1-0:71.7.0", simulated: around(0.5, 0.2, 240_000) },
  average_demand: {
    ...power,
    name: "Average demand of the quarter of an hour",
    code: "1-0:1.4.0",
    simulated: around(600, 200, 900_000),
  },
  maximum_demand: {
    ...power,
    name: "Maximum demand of the month",
    code: "1-0:1.6.0",
    simulated: around(3_120, 0, 900_000),
  },
  electricity_tariff: { digits: 0, range: [1, 9], code: "0-0:96.14.0", simulated: around(1, 0, 60_000) },
} as const satisfies Readonly<Record<string, CodedMeasure>>;

/** What the meters at the M-Bus give through the smart meter: the type of device (EN 13757-3, table of device types) is written for each. */
const volume = { unit: "m³", state_class: "total_increasing", digits: 3, range: [0, 99_999_999] } as const;

/** The measures of M-Bus meters: their device type, and the codes that the standards give to their last reading. */
export const mbusMeasures = {
  gas_delivered: {
    ...volume,
    device_class: "gas",
    type: 3,
    codes: ["24.2.1", "24.2.3"],
    simulated: standing(1_234.567),
  },
  water_delivered: { ...volume, device_class: "water", type: 7, codes: ["24.2.1"], simulated: standing(321.098) },
} as const satisfies Readonly<
  Record<string, MeterMeasure & { readonly type: number; readonly codes: readonly string[] }>
>;
