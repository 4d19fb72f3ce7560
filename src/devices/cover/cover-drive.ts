import type { Selector } from "../../core/device-gpio.ts";
import type { Log } from "../../core/log/log.ts";
import { Refusal, unlessRefused } from "../../core/refusal.ts";
import type { Cancel, Clock } from "../../core/time/clock.ts";
import { onceAllIsTold } from "../../core/time/once-all-is-told.ts";
import type { CoverTelling } from "./cover-state.ts";
import { type CoverProblem, problemTexts } from "./endstops.ts";
import { type CoverRun, completed, type Goal, leftMs, nextRun, type RunRules } from "./next-run.ts";
import { directionTo, nowhereKnown, placeAtEnd } from "./place.ts";
import type { Direction } from "./span.ts";
import type { Whereabouts } from "./whereabouts.ts";

/** What driving a cover needs. */
export interface CoverPorts extends RunRules {
  readonly clock: Clock;
  readonly log: Log;
  readonly where: Whereabouts;
  readonly telling: CoverTelling;
}

/** Drives a cover to where it is wanted. What is told of it is what the outputs did, never what was asked of them. */
export class CoverDrive {
  /** Which way it was moved last since the start, its slats left aside. */
  lastWay: Direction | undefined;
  /** Its outputs, given when all pins are claimed. What was driven before has not moved it. */
  outputs: Selector<Direction> | undefined;
  readonly #ports: CoverPorts;
  #goal: Goal | undefined;
  #isDriving = false;
  #cancelArrival: Cancel = () => {};

  constructor(ports: CoverPorts) {
    this.#ports = ports;
  }

  /** Whether it moves, or will. */
  get isBusy(): boolean {
    return this.#goal !== undefined || this.#ports.where.moves !== undefined;
  }

  /**
   * Drives it to a goal from wherever it is now. Throws a {@link Refusal} where what its end stops say cannot be, and another error
   * where a pin could not be driven.
   */
  go(wanted: Goal, cause?: string): void {
    const { fault } = this.#ports.endstops;
    if (fault !== undefined) throw new Refusal("unsure", problemTexts[fault]);
    this.#goal = completed(wanted, this.#ports.where.place, this.isBusy ? (this.#goal ?? {}) : undefined);
    this.#pursue(cause);
  }

  /** Stops it where it is. Throws where a pin could not be driven. */
  stop(cause?: string): void {
    this.#goal = undefined;
    this.#drive((outputs) => outputs.select(undefined, cause));
  }

  /** Stops it at once for something that is wrong. Nobody knows where it is then. */
  stopFor(problem: CoverProblem): void {
    const { log, where, endstops, telling } = this.#ports;
    if (endstops.problem !== problem) log.warn({ reason: problemTexts[problem] }, "the cover has a problem");
    endstops.problem = problem;
    this.#goal = undefined;
    where.be(nowhereKnown, "now");
    this.#drive((outputs) => outputs.switchOff(problem));
    telling.tell();
  }

  /** It is at this end for sure. It stands at once, and goes on to its goal from there. */
  arriveAt(end: Direction): void {
    const { where, telling } = this.#ports;
    where.be(placeAtEnd(end));
    this.#drive((outputs) => outputs.switchOff("endstop"));
    telling.tell();
    const goal = this.#goal;
    if (goal === undefined) return;
    this.#goal = directionTo(goal.position) === end ? { ...goal, position: undefined } : goal;
    this.#goOn("endstop");
  }

  /** Somebody else has moved it from its end. */
  lose(): void {
    this.#ports.where.be(nowhereKnown);
    this.#ports.telling.tell();
    if (this.#goal !== undefined) this.#goOn();
  }

  /** One of the outputs is on now, or none, for this cause. */
  onDriven(moves: Direction | undefined, cause: string | undefined): void {
    if (this.outputs === undefined) return;
    const { where, endstops, telling } = this.#ports;
    this.#cancelArrival();
    where.drive(moves);
    // Whatever else stops it is not gone against: a limit, the end of the program, somebody at the pins.
    if (moves === undefined && (!this.#isDriving || cause === "interlock")) this.#goal = undefined;
    if (cause === "outside") where.be(nowhereKnown, "now");
    if (moves === undefined) where.be(endstops.settled(where.place), "now");
    telling.tell();
    if (moves !== undefined) this.#planArrival();
  }

  /** Drives it further towards its goal, or stops it there. */
  #pursue(cause?: string): void {
    const run = this.#nextRun();
    if (run === undefined) this.#goal = undefined;
    else if (run.reaches !== "tilt") this.lastWay = run.direction;
    this.#drive((outputs) => outputs.select(run?.direction, cause));
    if (run?.direction === this.#ports.where.moves) this.#planArrival();
  }

  /** As {@link #pursue}, where nobody can be told of a limit that forbids it. */
  #goOn(cause?: string): void {
    const tell = (why: Refusal) => this.#ports.log.warn({ reason: why.message }, "the cover does not go on");
    unlessRefused(() => this.#pursue(cause), tell);
  }

  #nextRun(): CoverRun | undefined {
    return this.#goal && nextRun(this.#ports.where.place, this.#goal, this.#ports);
  }

  #drive(task: (outputs: Selector<Direction>) => void): void {
    this.#cancelArrival();
    this.#isDriving = true;
    try {
      if (this.outputs !== undefined) task(this.outputs);
    } catch (error) {
      this.#goal = undefined;
      throw error;
    } finally {
      this.#isDriving = false;
    }
  }

  #planArrival(): void {
    this.#cancelArrival();
    const { clock, where } = this.#ports;
    const run = this.#nextRun();
    if (run === undefined) return;
    const ms = leftMs(run, clock.monotonicMs() - where.changedAtMs, this.#ports);
    const arrive = () => {
      if (run.reaches !== undefined) this.#goal = { ...this.#goal, [run.reaches]: undefined };
      if (run.meetsEndstop) this.stopFor("endstop_not_reached");
      else this.#goOn("arrived");
    };
    // On a busy machine, the edge of the end stop may still have to be told.
    this.#cancelArrival = run.meetsEndstop
      ? onceAllIsTold(clock, clock.monotonicMs() + ms, arrive)
      : clock.after(ms, arrive);
  }
}
