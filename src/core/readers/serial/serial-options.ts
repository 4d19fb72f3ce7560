import * as z from "zod";
import type { SerialSettings } from "../../hardware/serial.ts";
import { oncePerKind } from "../../once-per-kind.ts";

/** The option of a kind that is at a serial line. `check` warns of names that do not stay with an adapter. */
export const serialPort = z
  .string()
  .regex(/^\/dev\/\S+$/, {
    error: "is not a serial port; write its file, such as /dev/serial0 or a name in /dev/serial/by-id",
  })
  .describe(
    "The serial port: /dev/serial0 is at the pins 14 and 15; a USB adapter has a name in /dev/serial/by-id, which stays with it.",
  );

/** The options of a kind that name a serial port. */
export const serialPortOptions = oncePerKind((options): readonly string[] =>
  Object.keys(options).filter((name) => options[name] === serialPort),
);

/** 9600 baud, 8 data bits, no parity, 1 stop bit, as most parts are set. */
export function usualSettings(port: string): SerialSettings {
  return { port, baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1 };
}

/** The word by which readings on a line are made one after the other. */
export function lineTurn({ port }: { readonly port: string }): string {
  return `serial ${port}`;
}
