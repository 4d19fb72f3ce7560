import type { CommandSchema } from "../../core/command.ts";
import type { Device } from "../../core/device.ts";
import { explain } from "../../core/errors.ts";
import type { Log, LogFields } from "../../core/log/log.ts";
import { type Origin, originText } from "../../core/messages/origin.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Clock } from "../../core/time/clock.ts";
import type { Causes } from "../device/causes.ts";
import type { Waiting, Waits } from "../device/waits.ts";
import type { NewestTimes } from "../guard/newest-times.ts";
import { inTime } from "../time-limit.ts";
import { waitedTooLong } from "./age.ts";
import type { CommandQueue } from "./command-queue.ts";
import { type Sent, understand } from "./payload.ts";
import type { WhyNot } from "./why-not.ts";

/**
 * How long a command may take: twice what the slowest package takes. What takes longer on purpose uses timers of the device, and not one
 * long command.
 */
const commandTimeoutMs = 10_000;
const commandHangs = `the command did not end within ${commandTimeoutMs / 1000} s`;

/** The result of an order. It was carried out, or it waits for a limit of its output, or it was refused or has failed. */
export type Outcome = ({ readonly accepted: true } & Partial<Waiting>) | ({ readonly accepted: false } & WhyNot);

/** A command for one device. */
export interface Order {
  /** The payload after reading. */
  readonly sent: Sent;
  readonly from: Origin;
  /** After this time on the scale of the clock it is not carried out any more. Absent: never too late. */
  readonly untilMs?: number | undefined;
  /** The fields for its log lines. */
  readonly fields: () => LogFields;
  /** Called exactly once with the result. It is called before `give` returns if the device needs no time. */
  readonly done: (outcome: Outcome) => void;
}

/** What carries out orders: one run of a device. */
export interface OrderedRun {
  /** Undefined while the device is not set up. */
  readonly device: Device<unknown> | undefined;
  readonly commands: CommandQueue;
  readonly causes: Causes;
  readonly times: NewestTimes;
  readonly waits: Waits;
}

/** What the orders to a device need. */
export interface OrderPorts {
  /** The schema of its commands. Undefined if it takes no commands. */
  readonly schema: CommandSchema | undefined;
  readonly clock: Clock;
  readonly log: Log;
  /** The present run of the device. Commands wait in the run. */
  readonly run: () => OrderedRun | undefined;
  /** Called when an order was accepted and carried out. */
  readonly accepted?: ((from: Origin) => void) | undefined;
}

/**
 * The one place through which every command reaches a device, whoever gives it. It reads the command and has it carried out, one at a time
 * and in order. An order that is refused changes nothing.
 */
export class Orders {
  readonly #ports: OrderPorts;

  constructor(ports: OrderPorts) {
    this.#ports = ports;
  }

  /** Gives an order. Never throws; the result goes to {@link Order.done}. */
  give(order: Order): void {
    const whyNot = this.#take(order);
    if (whyNot !== undefined) order.done({ accepted: false, ...whyNot });
  }

  #take({ sent, from, untilMs = Number.POSITIVE_INFINITY, fields, done }: Order): WhyNot | undefined {
    const { schema, log, clock } = this.#ports;
    if (schema === undefined) return { reason: "invalid", message: "the device takes no commands" };
    const understood = understand(schema, sent);
    if ("problem" in understood) return { reason: "invalid", message: understood.problem };
    const run = this.#ports.run();
    const device = run?.device;
    if (run === undefined || device?.command === undefined) return offline;
    const cause = originText(from);
    log.debug(() => ({ ...fields(), cause }), "command");
    const begin = () => {
      run.times.note(understood.times);
      return run.causes.during(cause, () => device.command?.(understood.command));
    };
    const succeeded = () => {
      this.#ports.accepted?.(from);
      done({ accepted: true, ...run.waits.take() });
    };
    const giveUp = () => done({ accepted: false, ...offline });
    const carryOut = () =>
      untilMs !== Number.POSITIVE_INFINITY && clock.monotonicMs() > untilMs
        ? done({ accepted: false, ...waitedTooLong })
        : this.#carryOut(begin, succeeded, done);
    return run.commands.add(carryOut, giveUp) ? undefined : busy;
  }

  /**
   * Carries out a command. The result is told when the command has ended, which is at once if the device needs no time. A failure is thrown
   * again, because the run has failed too.
   */
  #carryOut(begin: () => Promise<void> | void, succeeded: () => void, done: Order["done"]): Promise<void> | void {
    const fail = (error: unknown) => {
      if (error instanceof Refusal) return done({ accepted: false, reason: error.reason, message: error.message });
      done({ accepted: false, reason: "failed", message: explain(error) });
      throw error;
    };
    try {
      const ending = begin();
      if (ending !== undefined)
        return inTime(this.#ports.clock, commandTimeoutMs, ending, commandHangs).then(succeeded, fail);
      succeeded();
    } catch (error) {
      fail(error);
    }
  }
}

const offline: WhyNot = { reason: "offline", message: "the device is offline" };
const busy: WhyNot = { reason: "busy", message: "too many commands are waiting" };
