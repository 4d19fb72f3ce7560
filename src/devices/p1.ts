import * as z from "zod";
import { listed, listedDrifts, measureList } from "../core/readers/serial/measure-list.ts";
import { serialPort } from "../core/readers/serial/serial-options.ts";
import { listenTo } from "../core/readers/serial/spoken.ts";
import { defineSensor } from "../core/sensor.ts";
import { mbusMeasures, p1Measures } from "./p1/p1-measures.ts";
import { mbusValueIn, valueIn } from "./p1/p1-values.ts";
import { pretendedTelegram } from "./p1/pretended-telegram.ts";
import { longestTelegram, seeTelegram } from "./p1/telegram.ts";

const all = { ...p1Measures, ...mbusMeasures };
type Name = keyof typeof all;

const measures = measureList(all, ["energy_delivered", "energy_returned", "power_delivered", "power_returned"]);

const channel = (what: string) =>
  z
    .int()
    .min(1)
    .max(4)
    .optional()
    .describe(`The M-Bus channel of the ${what} meter. Default: the one that says that it is such a meter.`);

/** A smart meter with a P1 port. */
export const p1 = defineSensor({
  kind: "p1",
  summary: "A Dutch or Belgian smart meter (DSMR 4 or 5), or another one with plain telegrams, read at its P1 port.",
  usedFor: "electricity, gas and water from a smart meter with a P1 port",
  searchedAs: ["DSMR", "slimme meter", "compteur intelligent"],
  alsoCalled: ["slimmemeter"],
  group: "electricity",
  options: { port: serialPort, measures, gas_channel: channel("gas"), water_channel: channel("water") },
  example: {
    topic: "home/hall/meter",
    port: "/dev/serial/by-id/usb-FTDI_FT232R_USB_UART_A9ABCDEF-if00-port0",
    measures: [
      "energy_delivered_tariff1",
      "energy_delivered_tariff2",
      "power_delivered",
      "voltage_l1",
      "gas_delivered",
    ],
  },
  every: { default: "10s", min: "1s" },
  measures: (options) => listed<Name>(all, options.measures),
  pretend: {
    values: ({ measures: list }) => listedDrifts<Name>(all, list as readonly Name[]),
    identity: ({ port }) => port,
    serial: ({ port }, now) => ({
      port: String(port),
      speaks: { everyMs: 1_000, bytes: () => pretendedTelegram(now()) },
    }),
  },
  async open({ port, measures: list, gas_channel: gas, water_channel: water }, context) {
    const newest = await listenTo(context, {
      settings: { port, baudRate: 115_200, dataBits: 8, parity: "none", stopBits: 1 },
      look: seeTelegram,
      mostBytes: 2 * longestTelegram,
      // DSMR 4 and 2.2 speak every 10 s, DSMR 5 every second.
      freshMs: 30_000,
      hint: "check that its cable asks for data (pin 2 at 5 V), inverts the signal, and that the network operator has opened the port",
    });
    return async () => {
      const telegram = await newest();
      const read = (name: Name) => {
        if (name === "gas_delivered") return mbusValueIn(telegram, name, gas);
        if (name === "water_delivered") return mbusValueIn(telegram, name, water);
        return valueIn(telegram, name);
      };
      return Object.fromEntries(list.map((name) => [name, read(name)])) as Record<Name, number>;
    };
  },
});
