import type { DeviceSettings } from "./core/device-settings.ts";
import { explain } from "./core/errors.ts";
import type { GpioPins } from "./core/hardware/gpio.ts";
import type { Log } from "./core/log/log.ts";
import { type ChosenPin, chosenPins, dutyFor, levelFor } from "./core/pin.ts";
import type { Clock } from "./core/time/clock.ts";
import { inTime } from "./runtime/time-limit.ts";

/** What bringing devices to rest needs. */
export interface RestPorts {
  readonly pins: GpioPins;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * How long each device may take. systemd would wait longer (TimeoutStopSec), but a pin that hangs must not keep the agent from starting
 * again.
 */
const patienceMs = 5_000;
/** For a pulse train that is always low or always high, any frequency will do. A chip may have one for all its channels, which is kept. */
const anyFrequencyHz = 1_000;
const noAnswer = `its pins did not answer within ${patienceMs / 1_000} s`;

/**
 * Drives each output to the level of rest of its device (`on_exit`) and gives it back, for an agent that can no longer do so itself. An
 * output that has its level already is not moved. No code of a kind runs: the rest belongs to the option that names the pin. Resolves with
 * whether all devices are at rest; the log names each one that is not.
 */
export async function driveToRest(devices: readonly DeviceSettings[], ports: RestPorts): Promise<boolean> {
  const rested = await Promise.all(devices.map((device) => rest(device, ports)));
  return !rested.includes(false);
}

async function rest({ id, kind, options }: DeviceSettings, { pins, clock, log }: RestPorts): Promise<boolean> {
  const outputs = chosenPins(kind.options, options).filter(({ role }) => role === "output" || role === "pwm");
  if (outputs.length === 0) return true;
  const results = await Promise.allSettled(
    outputs.map((output) => inTime(clock, patienceMs, restPin(output, pins), noAnswer)),
  );
  const failures = results.flatMap((result) => (result.status === "rejected" ? [explain(result.reason)] : []));
  for (const reason of failures) log.error({ device: id, reason }, "could not bring the device to rest");
  if (failures.length === 0) log.info({ device: id }, "the device is at rest");
  return failures.length === 0;
}

async function restPin(output: ChosenPin, pins: GpioPins): Promise<void> {
  if (output.rest === "keep") return;
  const on = output.rest === "on";
  const line =
    output.role === "output"
      ? await pins.output(output.pin, { initial: levelFor(on, output), keep: false })
      : await pins.pwm(output.pin, {
          frequencyHz: anyFrequencyHz,
          keepFrequency: true,
          duty: dutyFor(Number(on), output),
        });
  await line.close();
}
