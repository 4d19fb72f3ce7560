import { type AboutState, type DeviceContext, Taken } from "../../core/device.ts";
import type { DeviceSettings } from "../../core/device-settings.ts";
import type { GpioPins } from "../../core/hardware/gpio.ts";
import { chosenLinks } from "../../core/link.ts";
import type { Log } from "../../core/log/log.ts";
import type { Machine } from "../../core/machine/machine.ts";
import type { Bus } from "../../core/messages/bus.ts";
import { chosenPins } from "../../core/pin.ts";
import type { Clock } from "../../core/time/clock.ts";
import type { LastingClock } from "../../core/time/lasting-clock.ts";
import type { WallClock } from "../agent/wall-clock.ts";
import type { BrokerPresence } from "../failsafe/broker-presence.ts";
import type { Controllers } from "../failsafe/controllers.ts";
import type { FailSafeHold } from "../failsafe/held-outputs.ts";
import type { InterlockGroup } from "../guard/interlock-group.ts";
import type { NewestTimes } from "../guard/newest-times.ts";
import type { StateStore } from "../machine/state-store.ts";
import type { Refusals } from "../orders/refusals.ts";
import { DevicePins } from "../pins/device-pins.ts";
import type { LineLooks } from "../pins/line-looks.ts";
import { CountedPins } from "../use/counted-pins.ts";
import type { Uses } from "../use/uses.ts";
import type { Beats } from "./beats.ts";
import type { Causes } from "./causes.ts";
import { deviceLinks } from "./links.ts";
import type { Neighbours } from "./neighbours.ts";
import type { Presence } from "./presence.ts";
import type { Resources } from "./resources.ts";
import { startSampling } from "./sampler.ts";
import type { InTurn } from "./taking-turns.ts";
import type { Waits } from "./waits.ts";

/** What all devices of an agent share. */
export interface HostPorts extends Machine {
  readonly bus: Pick<Bus, "publish">;
  readonly pins: GpioPins;
  readonly store: StateStore;
  readonly neighbours: Neighbours;
  readonly clock: Clock;
  readonly lasting: LastingClock;
  readonly wallClock: WallClock;
  readonly beats: Beats;
  /** LineLooks at the pins of all devices again and again. */
  readonly looks: LineLooks;
  readonly log: Log;
  /** The log of a device, which adds its id to each line. */
  readonly logOf: (deviceId: string) => Log;
  readonly refusals: Refusals;
  /** The groups of devices of which never two are on, by name. */
  readonly interlocks: ReadonlyMap<string, InterlockGroup>;
  /** Counts what the outputs do. */
  readonly uses: Uses;
  /** Since when there is no broker. */
  readonly broker: BrokerPresence;
  /** Who hears whether controllers are there. */
  readonly controllers: Controllers;
  /** Gives a number from 0 to 1. */
  readonly random: () => number;
  readonly inTurn: InTurn;
}

/** The parts of a context that belong to one device. */
interface Parts
  extends Pick<DeviceContext<unknown>, "log" | "restate" | "emit" | "fail" | "onFailure" | "onStop" | "keep"> {
  /** Says what the state is, and what is to be known of it. */
  readonly report: (state: unknown, how?: "progress" | AboutState) => void;
  readonly settings: DeviceSettings;
  readonly presence: Presence;
  readonly causes: Causes;
  readonly times: NewestTimes;
  readonly switchOn: () => void;
  readonly waits: Waits;
  readonly failSafe: FailSafeHold | undefined;
  /** Whether the device is being set up. */
  readonly isStarting: () => boolean;
  /** A reading was good, and there is nothing new to say. */
  readonly confirm: () => void;
  /** Through these everything is given back that the device takes from its context. */
  readonly resources: Resources;
}

/** Makes the context for one run of a device. */
export function deviceContext(shared: HostPorts, parts: Parts): DeviceContext<unknown> {
  const { pins, beats, inTurn } = shared;
  const {
    settings,
    log,
    presence,
    causes,
    times,
    switchOn,
    waits,
    failSafe,
    isStarting,
    resources,
    report,
    restate,
    confirm,
    emit,
    fail,
    keep,
  } = parts;
  const clock = resources.clock(shared.clock, fail);
  const { kind, options, id, limits = {} } = settings;
  const use = shared.uses.of(id);
  const chosen = chosenPins(kind.options, options);
  const group = limits.interlock && shared.interlocks.get(limits.interlock.group);
  const interlock = group && { device: id, group };
  const { measure, device, input } = deviceLinks({
    id,
    neighbours: shared.neighbours,
    clock,
    chosen: chosenLinks(kind.options, options),
    onStop: resources.onStop,
    fail,
  });
  const { files, isolate, i2c, serial, programs, timedPins } = shared;
  // Without spreading: an object that is copied together has no known form, and takes ten times as long to make.
  return {
    measure,
    device,
    input,
    files,
    isolate,
    i2c,
    serial,
    programs,
    timedPins,
    keep,
    clock,
    report,
    restate,
    emit,
    fail,
    onFailure: parts.onFailure,
    onStop: parts.onStop,
    log,
    gpio: new DevicePins({
      pins: use === undefined ? pins : new CountedPins(pins, chosen, use),
      switchedBy: (cause) => use?.switchedBy(cause),
      chosen,
      limits,
      interlock,
      failSafe,
      isStarting,
      clock,
      looks: shared.looks,
      lasting: shared.lasting,
      causes,
      times,
      switchOn,
      waits,
      keep,
      fail,
      onStop: resources.onStop,
    }),
    poll: (poll) => {
      presence.expectEvery(poll.everyMs);
      const onReading = (taken: unknown) => {
        if (taken === undefined) return confirm();
        const { state, about } = taken instanceof Taken ? taken : new Taken(taken, { lacksValue: lacksValue(taken) });
        report(state, about);
        if (about.lacksValue) presence.valueFailed();
      };
      const onFailure = (error: unknown, inARow: number) => presence.readingFailed(error, inARow, poll.failed?.(error));
      resources.onStop(startSampling(poll, { clock, beats, inTurn, onReading, onFailure }));
    },
  };
}

/** Whether a state has a null: the sensor gave only some of its values. */
function lacksValue(state: unknown): boolean {
  return typeof state === "object" && state !== null && Object.values(state).includes(null);
}
