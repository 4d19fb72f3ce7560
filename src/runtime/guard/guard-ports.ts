import type { CommandTimes } from "../../core/outputs/command-times.ts";
import type { Limits } from "../../core/outputs/limits.ts";
import type { Cancel, Clock } from "../../core/time/clock.ts";
import type { LastingClock } from "../../core/time/lasting-clock.ts";
import type { Waits } from "../device/waits.ts";
import type { FailSafeHold } from "../failsafe/held-outputs.ts";
import type { GuardMemory } from "./guard-memory.ts";
import type { InterlockGroup } from "./interlock-group.ts";
import type { NewestTimes } from "./newest-times.ts";

/** Which device of which interlock group an output belongs to. */
export interface Interlock {
  /** The device's id. */
  readonly device: string;
  readonly group: InterlockGroup;
}

/** What the guards of all outputs of a device need. */
export interface LimitPorts {
  readonly limits: Limits;
  readonly clock: Pick<Clock, "monotonicMs" | "after">;
  readonly lasting: LastingClock;
  readonly waits: Waits;
  readonly times: NewestTimes;
  /** Undefined for a device in no group. */
  readonly interlock?: Interlock | undefined;
  /** Undefined for a device without a fail-safe. */
  readonly failSafe?: FailSafeHold | undefined;
  /** Whether the device is being set up, so that nobody has commanded what it asks for now. */
  readonly isStarting: () => boolean;
  /** Commands the device to be on, as soon as it takes commands: the time of a command to off is over. */
  readonly switchOn: () => void;
  /** Takes the device offline. */
  readonly fail: (error: Error) => void;
}

/** What a guard needs. `Value` is a value of the output: on or off, a power, or one of several names. */
export interface GuardPorts<Value> extends LimitPorts {
  /** What is kept of this output over restarts. */
  readonly memory: GuardMemory;
  /** How long the output is off before it goes on again; undefined: not at all. */
  readonly deadTimeMs?: number | undefined;
  readonly isOn: (value: Value) => boolean;
  /** The value that means off. */
  readonly off: Value;
  /** Drives the line, and then calls {@link OutputGuard.seen} with its value. Throws if the line cannot be driven. */
  readonly drive: (value: Value, cause: string | undefined) => void;
}

/**
 * The same ports in an object that is made of nothing but names. Node.js finds nothing quickly in one that was made by spreading another,
 * since each of those has a shape of its own, and every command looks here some twenty times.
 */
export function quickPorts<Value>(ports: GuardPorts<Value>): GuardPorts<Value> {
  const { limits, clock, lasting, waits, times, interlock, failSafe, isStarting, switchOn, fail } = ports;
  const { memory, deadTimeMs, isOn, off, drive } = ports;
  return {
    limits,
    clock,
    lasting,
    waits,
    times,
    interlock,
    failSafe,
    isStarting,
    switchOn,
    fail,
    memory,
    deadTimeMs,
    isOn,
    off,
    drive,
  };
}

/** A change that waits. */
export interface Wish<Value> {
  readonly value: Value;
  /** The times of the command. */
  readonly times?: CommandTimes | undefined;
  /** Why it was wanted. */
  readonly cause: string | undefined;
  /** Whether it was wanted at the start, and so may wait until all outputs of its group are claimed. */
  readonly isFirst: boolean;
  cancelTimer: Cancel;
}
