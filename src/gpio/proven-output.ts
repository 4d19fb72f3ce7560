import { UserError } from "../core/errors.ts";
import { partOf } from "../core/hardware/chip-parts.ts";
import type { OutputLine, OutputRequest } from "../core/hardware/gpio.ts";
import type { NamedChip } from "../core/hardware/named-chip.ts";
import type { PinName } from "../core/hardware/pin-name.ts";

/**
 * An output of a chip that is reached over a bus, once it is claimed as was requested. The drivers of such chips do not report a write that
 * failed (gpio-pca953x.c, pinctrl-mcp23s08.c and gpio-pcf857x.c of Linux 6.12), but a read that failed. So each write is followed by a
 * read, which must give the level that was written. A part whose high level is weak may be held low by what it switches; there the read
 * only shows that the chip answers, and the level is the one that was written last. Without a chip the line is returned as it is.
 */
export function provenOutput(
  line: OutputLine,
  chip: NamedChip | undefined,
  pin: PinName,
  { keep, initial }: OutputRequest,
): OutputLine {
  if (chip === undefined) return line;
  const { readsBack = true } = partOf(chip) ?? {};
  let written = keep ? line.read() : initial;
  return {
    write(level) {
      line.write(level);
      const seen = line.read();
      if (readsBack && seen !== level)
        throw new UserError(`pin ${pin} did not become ${level === 1 ? "high" : "low"}`, {
          hint: "something holds the line, or its chip has lost its supply",
        });
      written = level;
    },
    read() {
      const seen = line.read();
      return readsBack ? seen : written;
    },
    close: () => line.close(),
  };
}
