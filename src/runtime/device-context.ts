import type { Bus } from "../core/bus.ts";
import type { Clock } from "../core/clock.ts";
import type { DeviceContext } from "../core/device.ts";
import type { Files } from "../core/files.ts";
import type { GpioPins } from "../core/gpio.ts";
import type { Isolate } from "../core/isolate.ts";
import type { Log } from "../core/log.ts";
import type { Beats } from "./beats.ts";
import { devicePins } from "./pins.ts";
import type { Presence } from "./presence.ts";
import type { Resources } from "./resources.ts";
import { startSampling } from "./sampler.ts";
import type { WallClock } from "./wall-clock.ts";

/** What all devices share. */
export interface HostPorts {
  readonly bus: Pick<Bus, "publish">;
  readonly pins: GpioPins;
  readonly files: Files;
  readonly isolate: Isolate;
  readonly clock: Clock;
  readonly wallClock: WallClock;
  readonly beats: Beats;
  readonly log: Log;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Runs tasks of the same name one after the other. */
  readonly inTurn: <T>(name: string | undefined, task: () => Promise<T>) => Promise<T>;
}

/** What a context is made of, besides what all devices share. */
interface Parts {
  readonly log: Log;
  readonly presence: Presence;
  /** What the device takes through the context is given back with these. */
  readonly resources: Resources;
  /** The device cannot go on. */
  readonly fail: (error: Error) => void;
}

/** Makes what one run of a device works with. */
export function deviceContext(shared: HostPorts, { log, presence, resources, fail }: Parts): DeviceContext<unknown> {
  const { files, isolate, pins, beats, inTurn } = shared;
  const clock = resources.clock(shared.clock, fail);
  const report = (state: unknown) => {
    presence.publishState(state);
    // At rest a pin still says its last state, but the device does not come back by it.
    if (!resources.released) presence.goOnline();
  };
  return {
    files,
    isolate,
    clock,
    report,
    fail,
    log,
    gpio: devicePins({ pins, clock, fail, onStop: resources.onStop }),
    poll: (poll) => {
      const onReading = (state: unknown) => {
        report(state);
        if (lacksValue(state)) presence.valueFailed();
      };
      const onFailure = presence.readingFailed.bind(presence);
      resources.onStop(startSampling(poll, { clock, beats, inTurn, onReading, onFailure }));
    },
  };
}

/** A sensor that gave only some of its values says so by null. */
function lacksValue(state: unknown): boolean {
  return typeof state === "object" && state !== null && Object.values(state).includes(null);
}
