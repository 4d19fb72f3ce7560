import { UserError } from "../../core/errors.ts";
import type { Edge, GpioPins, InputLine, OutputLine } from "../../core/hardware/gpio.ts";
import type { Clock } from "../../core/time/clock.ts";

/** What the timed pins need. */
export interface TimedPorts {
  readonly pins: Pick<GpioPins, "output" | "input">;
  readonly clock: Pick<Clock, "after" | "monotonicMs">;
}

/** An output that is low, and an input beside it. */
export interface ClaimedPair {
  readonly output: OutputLine;
  readonly input: InputLine;
  close(): Promise<void>;
}

/** Claims an output and an input whose edges can be timed, or neither. A pin that is lost makes the next use of it fail. */
export async function claimPair(
  { pins }: TimedPorts,
  { output: out, input: into }: { readonly output: number; readonly input: number },
  onEdge: (edge: Edge) => void,
): Promise<ClaimedPair> {
  const output = await pins.output(out, { initial: 0, keep: false });
  try {
    const input = await pins.input(into, { pull: "none", debounceMs: 0, alone: true, onEdge, onError: () => {} });
    if (!input.isExact) {
      await input.close();
      throw new UserError(`the backend of pin ${into} cannot time it to microseconds`, {
        hint: "gpiochip and pigpio can, on pins of the header: choose one by gpio.backend",
      });
    }
    return {
      output,
      input,
      async close() {
        await input.close();
        await output.close();
      },
    };
  } catch (error) {
    await output.close();
    throw error;
  }
}
