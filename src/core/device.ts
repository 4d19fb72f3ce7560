import type { DeviceGpio } from "./device-gpio.ts";
import type { DeviceLink, InputLink, MeasureLink } from "./link.ts";
import type { Log } from "./log/log.ts";
import type { Machine } from "./machine/machine.ts";
import type { Store } from "./store.ts";
import type { Clock } from "./time/clock.ts";

/** What is to be known of a state besides its values. */
export interface AboutState {
  /** The values that nobody should go by: they are old or made up, because there are no good ones at the moment. */
  readonly suspects?: readonly string[];
  /** Whether only the devices of this agent are told, and nothing is published. */
  readonly isQuiet?: boolean;
  /** Whether the sensor did not give one of its values. It counts as a failure, and the device stays online. */
  readonly lacksValue?: boolean;
}

/** A state that a reading has brought, with what is to be known of it. */
export class Taken<State> {
  readonly state: State;
  readonly about: AboutState;

  constructor(state: State, about: AboutState) {
    this.state = state;
    this.about = about;
  }
}

/** Reads a sensor again and again. */
export interface Poll<State> {
  readonly everyMs: number;
  /** Readings with the same word here are made one after the other, never two at once. Undefined: this one waits for no other. */
  readonly oneAtATime?: string | undefined;
  /** How long a reading may take, in milliseconds. Default: ten seconds. */
  readonly timeoutMs?: number | undefined;
  /**
   * Makes one reading. Undefined: the reading is good, and there is nothing new to say. When it rejects, or takes too long, the reading has
   * failed.
   */
  readonly read: () => Promise<State | Taken<State> | undefined>;
  /** Is told why a reading has failed. Returns a state that says so, which is published while the device is online; undefined: nothing. */
  readonly failed?: (error: unknown) => State | undefined;
}

/** Everything that a device may use. All of it is given back when the device stops. The device does nothing for that. */
export interface DeviceContext<State> extends Machine {
  readonly gpio: DeviceGpio;
  /** Its timers end with the device. A task that throws takes the device offline, as `fail` does. */
  readonly clock: Clock;
  /** Adds the device's id to each line. */
  readonly log: Log;
  /** The value that another device measures. `written` is the value of an option that was made with `link()`. */
  measure(written: string): MeasureLink;
  /** Another device to which this one can give commands. `written` is the value of an option that was made with `link()`. */
  device(id: string): DeviceLink;
  /** Another device of which this one knows whether it is on. `written` is the value of an option that was made with `link()`. */
  input(written: string): InputLink;
  /** What the device keeps over restarts, crashes and power cuts. The values are there at once: nothing has to be awaited. */
  readonly keep: Store["keep"];
  /**
   * Says what the state is now. The state is published retained, and published again at every connect. Reporting makes the device online.
   * `progress` is for a step of a change that was logged before: it is logged at debug only.
   */
  report(state: State, how?: "progress"): void;
  /**
   * Says a state that is made of earlier readings, such as a mean at the end of its time. It keeps the time of the last good reading. A
   * device that is offline says nothing and stays offline.
   */
  restate(state: State, about?: AboutState): void;
  /** Publishes that something has just happened: one of the kind's {@link import("./kind.ts").DeviceKindDefinition.events}, with one of its types. */
  emit(event: string, type: string): void;
  /**
   * Reports each good reading. A reading in which some values are null is a good one. The third failure in a row takes the device offline;
   * the next good reading makes it online again.
   */
  poll(poll: Poll<State>): void;
  /** Says that the device cannot go on. It goes offline, its outputs are driven to rest, and it is set up again after a pause. */
  fail(error: Error): void;
  /**
   * Runs the task when this device fails while the agent goes on: the time to take back what it has ordered of others. Not when the
   * agent stops, since each output then does what its own `on_exit` says.
   */
  onFailure(task: () => void): void;
  /**
   * Runs the task when the run of this device ends, also after a failure: the time to report what was not said yet. The outputs have been
   * driven to rest by then, inputs and timers are gone, and the task has one second.
   */
  onStop(task: () => Promise<void> | void): void;
}

/** A device at work. */
export interface Device<Command> {
  /**
   * Carries out a command. A device gets one command at a time. Throws when the command could not be carried out. It must end within 10 s:
   * what takes longer on purpose, such as a cover that moves, is done by timers of the context's clock.
   */
  command?(command: Command): Promise<void> | void;
}
