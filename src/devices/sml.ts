import { listed, listedDrifts, measureList } from "../core/readers/serial/measure-list.ts";
import { serialPort, usualSettings } from "../core/readers/serial/serial-options.ts";
import { listenTo } from "../core/readers/serial/spoken.ts";
import { defineSensor } from "../core/sensor.ts";
import { pretendedSml } from "./sml/pretended-sml.ts";
import { longestSml, seeSml } from "./sml/sml-frame.ts";
import { type SmlName, smlMeasures, smlValue } from "./sml/sml-measures.ts";

const measures = measureList(smlMeasures, ["energy_delivered", "power"]);

/** A German electricity meter with an optical interface. */
export const sml = defineSensor({
  kind: "sml",
  summary: "A German electricity meter that speaks SML, read through an optical head.",
  usedFor: "electricity from a German meter with an optical interface",
  searchedAs: ["Stromzähler", "IR head", "Hichi", "ISKRA MT175", "EMH"],
  alsoCalled: ["smartmeter", "obis"],
  group: "electricity",
  options: { port: serialPort, measures },
  example: {
    topic: "home/cellar/meter",
    port: "/dev/serial/by-id/usb-Silicon_Labs_CP2102_USB_to_UART_Bridge_Controller_0001-if00-port0",
    measures: ["energy_delivered", "energy_returned", "power"],
  },
  every: { default: "10s", min: "1s" },
  measures: (options) => listed<SmlName>(smlMeasures, options.measures),
  pretend: {
    values: ({ measures: list }) => listedDrifts<SmlName>(smlMeasures, list as readonly SmlName[]),
    identity: ({ port }) => port,
    serial: ({ port }, now) => ({ port: String(port), speaks: { everyMs: 1_000, bytes: () => pretendedSml(now()) } }),
  },
  async open({ port, measures: list }, context) {
    const newest = await listenTo(context, {
      settings: usualSettings(port),
      look: seeSml,
      mostBytes: 2 * longestSml,
      // Meters speak every one to four seconds.
      freshMs: 15_000,
      hint: "check that the head sits on the meter's optical interface with its cable downwards",
    });
    return async () => {
      const values = await newest();
      return Object.fromEntries(list.map((name) => [name, smlValue(name, values)])) as Record<SmlName, number>;
    };
  },
});
