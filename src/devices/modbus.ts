import { UserError } from "../core/errors.ts";
import { type Ask, askedLine } from "../core/readers/serial/asked.ts";
import { lineTurn } from "../core/readers/serial/serial-options.ts";
import { defineSensor, type SensorContext } from "../core/sensor.ts";
import { blocksOf, holds, numberAt } from "./modbus/modbus-blocks.ts";
import { answerLength, type Block, exceptionInWords, findAnswer, request } from "./modbus/modbus-frames.ts";
import {
  type ModbusOptions,
  modbusConflicts,
  modbusMeasures,
  modbusOptions,
  modbusWarnings,
} from "./modbus/modbus-options.ts";
import type { Place } from "./modbus/modbus-values.ts";
import { driftOf, meterAnswer } from "./modbus/pretended-meter.ts";

/** A character has a start bit, 8 bits, a parity bit or a second stop bit, and a stop bit (MODBUS over Serial Line V1.02, 2.5.1). */
const bitsOfCharacter = 11;
/** The silence between frames is 3.5 characters, and at more than 19200 baud 1.75 ms (the same, 2.5.1.1). */
const silenceMs = (baudRate: number) => Math.max((3.5 * bitsOfCharacter * 1_000) / baudRate, 1.75);
/** A reading that takes longer than 10 s is given up by the agent while it still has the line. */
const longestMs = 8_000;

const input = { type: "input", value: "float32" };

/** Any meter or sensor that speaks Modbus RTU. */
export const modbus = defineSensor({
  kind: "modbus",
  summary: "A meter or sensor that speaks Modbus RTU on a serial line, such as an Eastron SDM120 at an RS-485 adapter.",
  usedFor: "an electricity meter or another device with Modbus RTU on RS-485",
  searchedAs: ["Eastron SDM120", "SDM230", "SDM630", "PZEM-004T v3", "PZEM-016", "heat pump", "inverter", "wallbox"],
  alsoCalled: ["modbuscontroller", "modbusrtu", "pzem004t", "pzemac", "pzem016", "sdmmeter", "sdm630", "sdm230"],
  group: "electricity",
  options: modbusOptions,
  example: {
    topic: "home/cellar/heat-pump",
    port: "/dev/serial/by-id/usb-FTDI_USB-RS485_Cable_FT4XYZ12-if00-port0",
    baud_rate: 2400,
    measures: {
      voltage: { register: 0, ...input, unit: "V", device_class: "voltage", digits: 1, range: [0, 300] },
      power: { register: 12, ...input, unit: "W", device_class: "power", digits: 0 },
      energy: { register: 72, ...input, unit: "kWh", device_class: "energy", digits: 3 },
    },
  },
  every: { default: "10s", min: "1s" },
  oneAtATime: lineTurn,
  measures: modbusMeasures,
  conflicts: modbusConflicts,
  warnings: modbusWarnings,
  pretend: {
    values: (options) =>
      Object.fromEntries(
        Object.entries(modbusMeasures(options as ModbusOptions)).map(([name, measure]) => [name, driftOf(measure)]),
      ),
    identity: ({ port, unit }) => [port, unit],
    serial: ({ port, unit, measures }, now) => ({
      port: String(port),
      answer: (bytes) => meterAnswer(Number(unit), measures as Record<string, Place>, now(), bytes),
    }),
  },
  async open(options, context) {
    const { port, baud_rate: baudRate, parity, stop_bits: stopBits } = options;
    const ask = await askedLine(context, {
      settings: { port, baudRate, parity, stopBits, dataBits: 8 },
      silenceMs: silenceMs(baudRate),
      hint: `check that unit, baud_rate and parity are those of the meter, and that A and B are not exchanged`,
    });
    const tell = exceptionTeller(context);
    return () => readMeter(ask, options, context, tell);
  },
});

/** Reads all blocks, one after the other. What a meter has no register for is NaN; where it does not answer, nothing is read. */
async function readMeter(
  ask: Ask,
  { unit, timeout, baud_rate: baudRate, measures }: ModbusOptions,
  { clock }: SensorContext,
  tell: ReturnType<typeof exceptionTeller>,
): Promise<Record<string, number>> {
  const untilMs = clock.monotonicMs() + longestMs;
  const places = Object.entries(measures) as [string, Place][];
  const values: Record<string, number> = {};
  const refused = new Map<string, string>();
  for (const block of blocksOf(places.map(([, place]) => place))) {
    if (clock.monotonicMs() > untilMs)
      throw new UserError(`reading takes longer than ${longestMs / 1_000} s`, {
        hint: "read fewer measures, or divide them between two devices",
      });
    const onLineMs = ((8 + answerLength(block)) * bitsOfCharacter * 1_000) / baudRate;
    const answer = await ask(
      request(unit, block),
      (bytes) => findAnswer(bytes, unit, block),
      Math.ceil(timeout + onLineMs),
    );
    const inside = places.filter(([, place]) => holds(block, place));
    for (const [name, place] of inside) values[name] = numberAt(place, block, answer);
    if ("exception" in answer) refused.set(shown(block, inside), exceptionInWords(answer.exception));
  }
  const reasons = [...refused].map(([what, reason]) => `the meter ${reason} for ${what}`);
  if (Object.values(values).every(Number.isNaN) && reasons[0] !== undefined) throw new UserError(reasons[0]);
  tell(reasons);
  return values;
}

/** A block as its owner wrote it: "power (input 0x000C)". */
function shown({ type, start }: Block, inside: readonly [string, Place][]): string {
  const names = inside.map(([name]) => name).join(", ");
  return `${names} (${type} 0x${start.toString(16).toUpperCase().padStart(4, "0")})`;
}

/** Logs each exception once, until it does not come any more. */
function exceptionTeller({ log }: Pick<SensorContext, "log">): (reasons: readonly string[]) => void {
  let told: readonly string[] = [];
  return (reasons) => {
    for (const reason of reasons) if (!told.includes(reason)) log.warn({ reason }, "a register cannot be read");
    told = reasons;
  };
}
