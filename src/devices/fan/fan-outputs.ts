import type { DeviceContext } from "../../core/device.ts";
import type { PinName } from "../../core/hardware/pin-name.ts";
import type { Cancel } from "../../core/time/clock.ts";

/** What drives a fan. */
export interface FanOutput {
  /** Lets it run at a speed, or not at all with 0. Throws if a pin could not be driven. */
  run(speed: number): void;
}

type Ports = Pick<DeviceContext<unknown>, "gpio" | "clock">;
/** Called with the speed that the pins give, each time after they were driven. */
type OnSpeed = (speed: number) => void;

/** How a fan is driven by pulses. */
export interface PulsedFan {
  readonly pin: PinName;
  readonly speedCount: number;
  readonly frequencyHz: number;
  /** The power of a speed that is almost nothing, from 0 to less than 1. */
  readonly minPower: number;
  /** How long it gets full power when it begins to run; 0: not at all. */
  readonly kickMs: number;
}

/** A fan whose speed is the share of the time that its pin is on. */
export async function pulsedFan({ gpio, clock }: Ports, fan: PulsedFan, onSpeed: OnSpeed): Promise<FanOutput> {
  const { speedCount, minPower, kickMs } = fan;
  const powerOf = (speed: number) => (speed === 0 ? 0 : minPower + ((1 - minPower) * speed) / speedCount);
  const speedOf = (power: number) =>
    power === 0 ? 0 : Math.max(1, Math.round(((power - minPower) / (1 - minPower)) * speedCount));
  let running = 0;
  /** The speed that it gets after its full power at the beginning. */
  let kickedTo: number | undefined;
  let cancelKick: Cancel | undefined;
  const endKick = () => {
    cancelKick?.();
    cancelKick = undefined;
    kickedTo = undefined;
  };
  const onPower = (power: number) => {
    if (power === 0) endKick();
    if (kickedTo !== undefined)
      cancelKick ??= clock.after(kickMs, () => {
        const speed = kickedTo ?? 0;
        endKick();
        pulses.set(powerOf(speed), "kickstart");
      });
    running = kickedTo ?? speedOf(power);
    onSpeed(running);
  };
  const pulses = await gpio.pwm(fan.pin, { frequencyHz: fan.frequencyHz, onPower });
  return {
    run(speed) {
      const needsKick = kickMs > 0 && (running === 0 || cancelKick !== undefined);
      if (speed > 0 && speed < speedCount && needsKick) {
        kickedTo = speed;
        pulses.set(1);
      } else {
        endKick();
        pulses.set(powerOf(speed));
      }
    },
  };
}

/** A fan with an output for each of its speeds, the lowest first. Never two of them are on. */
export async function steppedFan(
  { gpio }: Pick<Ports, "gpio">,
  { pins, deadTimeMs }: { readonly pins: readonly PinName[]; readonly deadTimeMs: number },
  onSpeed: OnSpeed,
): Promise<FanOutput> {
  const bySpeed = Object.fromEntries(pins.map((pin, index) => [String(index + 1), pin]));
  const onState = (selected: string | undefined) => onSpeed(Number(selected ?? 0));
  const selector = await gpio.selector(bySpeed, { deadTimeMs, asOne: true, onState });
  return { run: (speed) => selector.select(speed === 0 ? undefined : String(speed)) };
}
