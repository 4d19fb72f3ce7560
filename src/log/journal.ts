import type { DestinationStream } from "pino";

/** pino hands a stream that has this mark the level of each line (pino's docs/api.md, "pino.metadata"). */
const wantsMetadata = Symbol.for("pino.metadata");

/** pino's levels, and syslog's priorities for them (sd-daemon(3)). */
const priorities: Readonly<Record<number, number>> = { 20: 7, 30: 6, 40: 4, 50: 3 };

/** A stream that begins each line with its priority, as in `<4>`, which systemd's journal takes off and remembers. */
export function journalStream(target: { write(line: string): unknown }): DestinationStream {
  const stream = {
    [wantsMetadata]: true,
    lastLevel: 30,
    write(line: string) {
      target.write(`<${priorities[stream.lastLevel] ?? 6}>${line}`);
    },
  };
  return stream;
}
