import type { Clock } from "./core/clock.ts";
import type { DeviceContext, DeviceSettings } from "./core/device.ts";
import type { DeviceGpio } from "./core/device-gpio.ts";
import { explain, UserError } from "./core/errors.ts";
import type { Files } from "./core/files.ts";
import type { GpioPins } from "./core/gpio.ts";
import { type Log, silentLog } from "./core/log.ts";
import { chosenPins } from "./core/pin.ts";
import { devicePins } from "./runtime/pins.ts";

/** What bringing devices to rest needs of the machine. */
export interface RestPorts {
  readonly pins: GpioPins;
  readonly files: Files;
  readonly clock: Clock;
  readonly log: Log;
}

/** systemd waits longer (TimeoutStopSec), but a device that hangs must not keep the agent from coming back. */
const patienceMs = 5_000;

/**
 * Drives each output to the level at which its device rests (`on_exit`), for an agent that can no longer do it itself, and lets
 * go. Where an output is there already, nothing moves. Resolves with whether all are at rest; the log tells of each that is not.
 */
export async function driveToRest(devices: readonly DeviceSettings[], ports: RestPorts): Promise<boolean> {
  const rested = await Promise.all(devices.filter(drivesPins).map((device) => rest(device, ports)));
  return !rested.includes(false);
}

/** Whether a device has outputs or pulse trains; no other is set up. */
function drivesPins({ kind, options }: DeviceSettings): boolean {
  return chosenPins(kind.options, options).some(({ role }) => role === "output" || role === "pwm");
}

async function rest({ kind, id, options }: DeviceSettings, ports: RestPorts): Promise<boolean> {
  const { clock, log } = ports;
  let cancel = () => {};
  const tooLong = new Promise<never>((_resolve, reject) => {
    const error = new UserError(`its pins did not answer within ${patienceMs / 1_000} s`);
    cancel = clock.after(patienceMs, () => reject(error));
  });
  try {
    await Promise.race([kind.setup(options, restingContext(ports)), tooLong]);
    log.info({ device: id }, "the device is at rest");
    return true;
  } catch (error) {
    log.error({ device: id, reason: explain(error) }, "could not bring the device to rest");
    return false;
  } finally {
    cancel();
  }
}

/**
 * A context in which setting up a device does nothing but claim its outputs at the level of their rest: no input is watched, no
 * timer runs, nothing is read or published. So each kind says what its rest is in one place, its `setup`.
 */
function restingContext({ pins, files, clock }: RestPorts): DeviceContext<unknown> {
  const timeless: Clock = { now: () => clock.now(), monotonicMs: () => clock.monotonicMs(), after: () => () => {} };
  return {
    gpio: restingPins(pins, timeless),
    clock: timeless,
    log: silentLog,
    files,
    isolate: () => Promise.reject(new UserError("a device at rest loads no package")),
    report: () => {},
    poll: () => {},
    fail: () => {},
  };
}

/** Pins that are claimed at their rest, by the same rules of polarity as a running device's, and let go at once. */
function restingPins(pins: GpioPins, clock: Clock): DeviceGpio {
  const claimAndRelease = async (claim: (gpio: DeviceGpio) => Promise<unknown>) => {
    const releases: (() => void | Promise<void>)[] = [];
    await claim(devicePins({ pins, clock, fail: () => {}, onStop: (release) => releases.push(release) }));
    for (const release of releases.reverse()) await release();
  };
  return {
    async output(pin, request) {
      const { onExit } = request;
      if (onExit !== "keep")
        await claimAndRelease((gpio) => gpio.output(pin, { ...request, initial: onExit, onState: () => {} }));
      return { isOn: () => onExit === "on", set: () => {} };
    },
    async input() {},
    async pwm(pin, request) {
      const { onExit } = request;
      if (onExit !== "keep")
        await claimAndRelease((gpio) => gpio.pwm(pin, { ...request, initial: onExit, onPower: () => {} }));
      return { set: () => {} };
    },
  };
}
