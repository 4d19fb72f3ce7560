import type { DeviceContext } from "../device.ts";
import type { Clock } from "../time/clock.ts";
import { type Control, twoPoint } from "./demand.ts";
import { Regulator } from "./regulator.ts";
import { outputsOf, type RegulatorDefinition, type RegulatorOptions } from "./regulator-definition.ts";
import { defaultsOf } from "./regulator-options.ts";
import { RunOn } from "./run-on.ts";
import { ShortestTimes } from "./shortest-times.ts";
import { SlowPulses } from "./slow-pulses.ts";
import { type SteeredOutput, steeredOutput } from "./steered-output.ts";

/** Makes the regulator that a device's options describe, and names the outputs of which it is told. */
export function makeRegulator(
  definition: RegulatorDefinition,
  options: RegulatorOptions,
  context: DeviceContext<never>,
): { readonly regulator: Regulator; readonly outputs: readonly SteeredOutput[] } {
  const { clock, log } = context;
  const { min_on = 0, min_off = 0, hysteresis, fan: fanId, frost_protection: below } = options;
  const output = (id: string | undefined) =>
    id === undefined ? undefined : steeredOutput(context.device(id), id, log);
  const ids = outputsOf(definition, options);
  const [raise, lower, fan] = [output(ids.raise), output(ids.lower), output(fanId)];
  const regulator = new Regulator({
    sensor: context.measure(options.sensor),
    raise,
    lower,
    control: makeControl(options, clock),
    times: new ShortestTimes({ minOnMs: min_on, minOffMs: min_off }, clock),
    fan: fan && new RunOn(fan, options.fan_run_on ?? defaultsOf.fanRunOnMs, clock),
    frost: below === undefined ? undefined : { below, hysteresis },
  });
  return { regulator, outputs: [raise, lower, fan].filter((one) => one !== undefined) };
}

function makeControl(options: RegulatorOptions, clock: Pick<Clock, "monotonicMs">): Control {
  const { control, hysteresis, pwm_period: periodMs = defaultsOf.pwmPeriodMs, min_on, min_off } = options;
  if (control === "two_point") return twoPoint(hysteresis);
  const settings = {
    periodMs,
    shortestPulseMs: min_on ?? periodMs / 20,
    shortestPauseMs: min_off ?? periodMs / 20,
    proportionalBand: options.proportional_band ?? hysteresis * defaultsOf.bandInHystereses,
    integralMs: options.integral_time,
  };
  return new SlowPulses(settings, clock);
}
