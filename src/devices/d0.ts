import { listed, listedDrifts, measureList } from "../core/readers/serial/measure-list.ts";
import { serialPort } from "../core/readers/serial/serial-options.ts";
import { listenTo } from "../core/readers/serial/spoken.ts";
import { defineSensor } from "../core/sensor.ts";
import { type D0Name, d0Measures, d0Objects, d0Value } from "./d0/d0-measures.ts";
import { d0Telegram, longestD0, seeD0 } from "./d0/d0-telegram.ts";

const measures = measureList(d0Measures, ["energy_delivered", "power"]);

/** An electricity meter that sends lines of text through its optical interface by itself. */
export const d0 = defineSensor({
  kind: "d0",
  summary:
    "An electricity meter that sends text by itself (IEC 62056-21, mode D) at 9600 baud, such as an Easymeter Q3D, read through an optical head. Its telegrams have no checksum, so two alike are needed.",
  usedFor: "electricity from a meter with a D0 interface that sends text",
  searchedAs: ["Stromzähler", "IR head", "Easymeter Q3D", "IEC 62056-21"],
  group: "electricity",
  options: { port: serialPort, measures },
  example: {
    topic: "home/cellar/meter",
    port: "/dev/serial/by-id/usb-Silicon_Labs_CP2102_USB_to_UART_Bridge_Controller_0001-if00-port0",
    measures: ["energy_delivered", "power"],
  },
  every: { default: "10s", min: "1s" },
  measures: (options) => listed<D0Name>(d0Measures, options.measures),
  pretend: {
    values: ({ measures: list }) => listedDrifts<D0Name>(d0Measures, list as readonly D0Name[]),
    identity: ({ port }) => port,
    serial: ({ port }, now) => ({
      port: String(port),
      speaks: { everyMs: 500, bytes: () => d0Telegram(d0Objects(now())) },
    }),
  },
  async open({ port, measures: list }, context) {
    const newest = await listenTo(context, {
      settings: { port, baudRate: 9_600, dataBits: 7, parity: "even", stopBits: 1 },
      look: seeD0(),
      mostBytes: 2 * longestD0,
      // Meters speak every two seconds.
      freshMs: 15_000,
      hint: "check that the head sits on the meter's optical interface with its cable downwards",
    });
    return async () => {
      const telegram = await newest();
      return Object.fromEntries(list.map((name) => [name, d0Value(telegram, name)])) as Record<D0Name, number>;
    };
  },
});
