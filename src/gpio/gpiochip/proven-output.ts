import { UserError } from "../../core/errors.ts";
import type { Level, OutputLine } from "../../core/hardware/gpio.ts";
import type { PinName } from "../../core/hardware/pin-name.ts";

/**
 * An output of a chip that is reached over a bus. The drivers of such chips do not report a write that failed (gpio-pca953x.c,
 * pinctrl-mcp23s08.c and gpio-pcf857x.c of Linux 6.12), but a read that failed. So each write is followed by a read.
 *
 * With `readsBack` the level that is read must be the one that was written. Without it the line may be held low from outside by what it
 * switches; then `level`, and later what was written last, is the level.
 */
export function provenOutput(line: OutputLine, pin: PinName, readsBack: boolean, level: Level): OutputLine {
  let written = level;
  return {
    write(next) {
      line.write(next);
      const seen = line.read();
      if (readsBack && seen !== next)
        throw new UserError(`pin ${pin} did not become ${next === 1 ? "high" : "low"}`, {
          hint: "something holds the line, or its chip has lost its supply",
        });
      written = next;
    },
    read() {
      const seen = line.read();
      return readsBack ? seen : written;
    },
    close: () => line.close(),
  };
}
