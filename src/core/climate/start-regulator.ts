import type { Device, DeviceContext } from "../device.ts";
import { onOffWord } from "../switching.ts";
import { startLooks } from "../time/looks.ts";
import type { Direction, Targets } from "./demand.ts";
import { makeRegulator } from "./make-regulator.ts";
import { readingNews, type SensorState } from "./reading-news.ts";
import type { RegulatorCommand } from "./regulator-command.ts";
import { modesOf, outputsOf, type RegulatorDefinition, type RegulatorOptions } from "./regulator-definition.ts";
import { defaultsOf } from "./regulator-options.ts";
import { WindowPause } from "./window-pause.ts";
import { keptWishes } from "./wishes.ts";

/** So often it looks by itself: nobody tells of a reading that does not come, nor of an output that comes back. */
const lookMs = 10_000;
/**
 * So long after an output has changed it looks, and puts right what somebody else did. Not at once: two that want different things of one
 * output would keep the agent busy for ever.
 */
const soonMs = 1_000;

/** What a regulator publishes. The last five are there only where the option is used from which they come. */
export interface RegulatorState {
  readonly mode: string;
  readonly action: string;
  /** The one in force, in the unit of the measure. */
  readonly target: number;
  readonly current: number | null;
  readonly sensor: SensorState;
  readonly preset?: string | undefined;
  readonly paused?: "window" | null | undefined;
  readonly frost_protection?: "ON" | "OFF" | undefined;
  readonly waits_for?: "min_on" | "min_off" | null | undefined;
  /** In percent. */
  readonly duty?: number | undefined;
}

/** Starts one regulator. */
export async function startRegulator(
  definition: RegulatorDefinition,
  options: RegulatorOptions,
  context: DeviceContext<RegulatorState>,
): Promise<Device<RegulatorCommand>> {
  const modes = modesOf(definition, outputsOf(definition, options));
  const wishes = keptWishes(Object.keys(modes), options, context);
  const { regulator, outputs } = makeRegulator(definition, options, context);
  const tellOfReadings = readingNews(context, options.sensor);
  let said = "";

  const report = () => {
    const { action, duty } = regulator;
    const isOff = action === "idle" && modes[wishes.mode]?.length === 0;
    const state: RegulatorState = {
      mode: wishes.mode,
      action: action === "idle" ? (isOff ? "off" : "idle") : definition.outputs[action].action,
      target: wishes.target,
      ...regulator.reading,
      ...(options.presets && { preset: wishes.preset }),
      ...(window && { paused: window.isPause() ? "window" : null }),
      ...(options.frost_protection !== undefined && { frost_protection: onOffWord(regulator.isFrost) }),
      ...((options.min_on ?? options.min_off) !== undefined && { waits_for: regulator.waitsFor }),
      ...(duty !== undefined && { duty }),
    };
    if (JSON.stringify(state) === said) return;
    said = JSON.stringify(state);
    context.report(state);
  };
  const update = () => {
    const allowed = window?.isPause() ? [] : (modes[wishes.mode] ?? []);
    const nextMs = regulator.steer(targetsOf(allowed, wishes.target, options.deadband));
    // A look that comes sooner replaces this one, so each look has to ask for the next one.
    looks.within(Math.min(nextMs, window?.beginsInMs() ?? Number.POSITIVE_INFINITY));
    tellOfReadings(regulator.reading.sensor);
    report();
  };

  context.onFailure(() => regulator.release());
  const looks = startLooks(context.clock, lookMs, update);
  const window = windowOf(options, context, update);
  for (const one of outputs)
    one.watch(() => {
      regulator.seen();
      report();
      looks.within(soonMs);
    });
  context.measure(options.sensor).watch(update);
  update();
  return {
    command(command) {
      wishes.follow(command);
      update();
    },
  };
}

function windowOf(options: RegulatorOptions, context: DeviceContext<never>, tell: () => void) {
  const { window, window_delay: delayMs = defaultsOf.windowDelayMs } = options;
  return window === undefined ? undefined : new WindowPause(context.input(window), delayMs, context.clock, tell);
}

/** The targets of what is allowed now. Where both are, they keep the deadband between them. */
function targetsOf(allowed: readonly Direction[], target: number, deadband: number): Targets {
  const half = allowed.length > 1 ? deadband / 2 : 0;
  return {
    raise: allowed.includes("raise") ? target - half : undefined,
    lower: allowed.includes("lower") ? target + half : undefined,
  };
}
