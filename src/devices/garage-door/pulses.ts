import type { Selector } from "../../core/device-gpio.ts";
import type { Log } from "../../core/log/log.ts";
import { Refusal, unlessRefused } from "../../core/refusal.ts";
import type { Cancel, Clock } from "../../core/time/clock.ts";
import type { Door } from "./door.ts";
import { nextStep, type Wanted } from "./phase.ts";

/** A drive that has to turn round gets one pulse to stop and one to go the other way. No command gives more. */
const mostPulses = { open: 2, close: 2, stop: 2, pulse: 1 } as const;

/** A door must not move long after somebody told it to: what has waited for a limit for this time, in milliseconds, is given up. */
const longestWaitMs = 60_000;

/** What giving pulses needs. */
export interface PulsePorts {
  readonly door: Door;
  readonly clock: Pick<Clock, "after" | "monotonicMs">;
  readonly log: Log;
  /** How long a pulse is, in milliseconds. */
  readonly pulseMs: number;
}

/**
 * Gives the drive the pulses that a command needs, one after the other. Before each one it looks at the door again, so that a pulse that
 * would do something else is not given.
 */
export class DoorPulses {
  readonly #ports: PulsePorts;
  #button: Selector<"button"> | undefined;
  #wanted: Wanted | undefined;
  #pulsesLeft = 0;
  #cancelEnd: Cancel = () => {};
  #cancelLook: Cancel = () => {};
  #cancelWait: Cancel = () => {};

  constructor(ports: PulsePorts) {
    this.#ports = ports;
  }

  /** Takes the output of the button, which is off. */
  begin(button: Selector<"button">): void {
    this.#button = button;
  }

  /**
   * Carries out a command. Throws a {@link Refusal} where a pulse may do the opposite, or where a limit forbids it. Then no pulse is given
   * any more: what was wanted before is no longer wanted either.
   */
  order(wanted: Wanted): void {
    const { door } = this.#ports;
    const step = nextStep(door.phase, wanted);
    if (typeof step === "object") {
      this.#giveUp();
      throw new Refusal("unsure", door.fault ?? step.whyNot);
    }
    // What is wanted already goes on, so that a command that comes twice gives no pulse more.
    if (wanted === this.#wanted || (wanted === "pulse" && this.#button?.selected !== undefined)) return;
    this.#wanted = wanted;
    this.#pulsesLeft = mostPulses[wanted];
    this.#cancelWait();
    this.#cancelWait = this.#ports.clock.after(longestWaitMs, () => this.#giveUp("it has waited for too long"));
    this.#pursue();
  }

  /** Looks whether the door needs a pulse now, after a change of what is known. Logs it where a limit forbids one. */
  look(): void {
    unlessRefused(
      () => this.#pursue(),
      (why) => this.#giveUp(why.message),
    );
  }

  #pursue(): void {
    const { clock, door } = this.#ports;
    this.#cancelLook();
    if (this.#wanted === undefined || this.#button === undefined || this.#button.selected !== undefined) return;
    const step = nextStep(door.phase, this.#wanted);
    if (step === "pulse" && this.#pulsesLeft > 0) {
      const waitMs = this.#wanted === "pulse" ? 0 : door.standsFromMs - clock.monotonicMs();
      if (waitMs > 0) this.#cancelLook = clock.after(waitMs, () => this.look());
      else this.#press();
    } else this.#giveUp(typeof step === "object" ? step.whyNot : undefined);
  }

  #press(): void {
    try {
      this.#button?.select("button");
    } catch (error) {
      this.#giveUp();
      throw error;
    }
  }

  /** Gives no pulse any more, and logs the reason if there is one. One that is being given is as long as it should be. */
  #giveUp(reason?: string): void {
    this.#wanted = undefined;
    this.#cancelLook();
    this.#cancelWait();
    if (reason !== undefined) this.#ports.log.warn({ reason }, "gave up a command to the door");
    if (this.#button?.selected === undefined) this.#button?.select(undefined);
  }

  /** The button is on now, or off, for this cause. */
  onDriven(selected: "button" | undefined, cause: string | undefined): void {
    // The output is claimed: the drive got nothing of this.
    if (this.#button === undefined) return;
    const { clock, door, pulseMs } = this.#ports;
    this.#cancelEnd();
    if (selected !== undefined) {
      this.#pulsesLeft -= 1;
      this.#cancelEnd = clock.after(pulseMs, () => this.#button?.select(undefined, "pulse"));
      door.pulsed();
    } else if (cause === "outside" || cause === "on_exit") {
      this.#giveUp();
      if (cause === "outside") door.lose();
    } else if (cause === "interlock") this.#giveUp("another device of its interlock group was switched on");
    else this.look();
  }
}
