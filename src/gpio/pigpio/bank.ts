import { explain, UserError } from "../../core/errors.ts";
import type { GpioBank, Level, Pull } from "../../core/hardware/gpio.ts";
import type { Clock } from "../../core/time/clock.ts";
import { dutyRange, dutySteps, glitchFilterUs, requireFrequency, requirePin } from "./limits.ts";
import type { PigpioGpio, PigpioModule } from "./package.ts";
import { TickScale } from "./ticks.ts";

/** The pins of pigpio after the library has been started. */
export function pigpioBank(library: PigpioModule, clock: Clock): GpioBank {
  const ticks = new TickScale();
  const closings = new Map<number, () => void>();
  let isClosed = false;
  const claim = (pin: number): PigpioGpio => {
    requirePin(pin);
    return new library.Gpio(pin);
  };
  /** Makes the function that closes a pin. It is called by the pin's owner, or when the bank closes. */
  const closing = (pin: number, letGo: () => void) => {
    closings.set(pin, letGo);
    return async () => {
      if (closings.delete(pin)) letGo();
    };
  };

  return {
    description: "pigpio in this process",
    async look(pin) {
      requirePin(pin);
      return {};
    },
    async output(pin, { initial, keep }) {
      const gpio = claim(pin);
      return orExplain(pin, () => {
        const level = keep && gpio.getMode() === library.Gpio.OUTPUT ? gpio.digitalRead() : initial;
        // gpioWrite sets the level before the direction. With `mode` the pin would first have an old level.
        gpio.digitalWrite(level);
        return {
          write: (next: Level) => orExplain(pin, () => void gpio.digitalWrite(next)),
          read: () => orExplain(pin, () => gpio.digitalRead()),
          close: async () => {},
        };
      });
    },
    async input(pin, { pull, debounceMs, onEdge }) {
      const gpio = claim(pin);
      const filterUs = glitchFilterUs(debounceMs);
      return orExplain(pin, () => {
        gpio
          .mode(library.Gpio.INPUT)
          .pullUpDown(pullCode(library, pull))
          .glitchFilter(filterUs ?? 0);
        let level: Level;
        let lastMs = Number.NEGATIVE_INFINITY;
        const onAlert = (next: number, tick: number) => {
          if (next === level || (next !== 0 && next !== 1)) return;
          level = next;
          const nowMs = clock.monotonicMs();
          ticks.compare(library.getTick(), nowMs, nowMs);
          lastMs = Math.max(lastMs, ticks.toMs(tick));
          onEdge({ level, atMs: lastMs });
        };
        gpio.on("alert", onAlert).enableAlert();
        level = gpio.digitalRead();
        return {
          debounced: filterUs !== undefined,
          isExact: filterUs === undefined,
          read: () => (filterUs ? level : orExplain(pin, () => gpio.digitalRead())),
          close: closing(pin, () => gpio.off("alert", onAlert).disableAlert().glitchFilter(0)),
        };
      });
    },
    async pwm(pin, { frequencyHz, duty }) {
      const gpio = claim(pin);
      return orExplain(pin, () => {
        requireFrequency(frequencyHz, gpio.pwmFrequency(Math.round(frequencyHz)).getPwmFrequency());
        if (gpio.getMode() !== library.Gpio.OUTPUT) gpio.digitalWrite(0);
        gpio.pwmRange(dutyRange);
        let steps = dutySteps(duty);
        gpio.pwmWrite(steps);
        return {
          write(next: number) {
            steps = dutySteps(next);
            orExplain(pin, () => void gpio.pwmWrite(steps));
          },
          // The pulses end with this process, at a level that depends on chance. So the pin is set low.
          close: closing(pin, () => {
            if (steps < dutyRange) gpio.digitalWrite(0);
          }),
        };
      });
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      try {
        for (const letGo of closings.values()) letGo();
      } finally {
        library.terminate();
      }
    },
  };
}

function pullCode({ Gpio }: PigpioModule, pull: Pull): number {
  return { up: Gpio.PUD_UP, down: Gpio.PUD_DOWN, none: Gpio.PUD_OFF }[pull];
}

function orExplain<T>(pin: number, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(`pigpio refused pin ${pin} (${explain(cause)})`, { cause });
  }
}
