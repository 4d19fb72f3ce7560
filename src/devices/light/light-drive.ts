import type { Clock } from "../../core/time/clock.ts";
import { type Course, effect, flash, transition } from "./course.ts";
import { CourseRun } from "./course-run.ts";
import type { EffectName } from "./effects.ts";
import { endsOn, type LightCommand } from "./light-command.ts";
import type { LightMemory } from "./light-memory.ts";
import { LightNews } from "./light-news.ts";
import type { LightPins } from "./light-pins.ts";
import type { LightState } from "./light-state.ts";
import { dark, fullBrightness, type Look } from "./look.ts";

/** What driving a light needs. */
export interface LightPorts {
  readonly clock: Clock;
  readonly pins: LightPins;
  /** How it is at first, and where is kept how it is to be after a restart. */
  readonly memory: LightMemory;
  /** How long a change takes where the command does not say it, in milliseconds. */
  readonly usualTransitionMs: number;
  readonly stateOf: (isOn: boolean, look: Look, effect: EffectName | undefined) => LightState;
  readonly report: (state: LightState, how?: "progress") => void;
}

/**
 * Drives a light to where it is wanted, at once, slowly, by a flash or by an effect. It tells what its pins did, never what was asked: a
 * limit may have decided otherwise.
 */
export class LightDrive {
  readonly #ports: LightPorts;
  readonly #run: CourseRun;
  readonly #news: LightNews;
  /** How it is to be in the end, and whether it is to be on then. While it is off, this is how it will be next time. */
  #wanted: Look;
  #wantsOn: boolean;
  #effect: EffectName = "none";

  constructor(ports: LightPorts) {
    this.#ports = ports;
    this.#run = new CourseRun(ports.clock);
    this.#news = new LightNews(ports.clock, ports.report);
    this.#wanted = ports.memory.look;
    this.#wantsOn = ports.memory.isOn;
  }

  /** Carries out a command. Throws where a pin could not be driven. */
  command(command: LightCommand): void {
    const { brightness, color, flashMs = 0, transitionMs = this.#ports.usualTransitionMs } = command;
    this.#wantsOn = endsOn(command, this.#wantsOn);
    if (brightness) this.#wanted = { ...this.#wanted, brightness: brightness / fullBrightness };
    if (color !== undefined) this.#wanted = { ...this.#wanted, color };
    this.#effect = this.#wantsOn ? (command.effect ?? this.#effect) : "none";
    if (this.#effect !== "none") this.#ports.memory.learnEffects();
    if (flashMs > 0) this.#begin(flash(this.#wanted, flashMs), () => this.#go(transitionMs, "flash"));
    else this.#go(transitionMs);
    this.#remember();
  }

  /** The pins were driven for this cause, and count as on or off now. */
  onDriven(isOn: boolean, cause: string | undefined): void {
    const { pins } = this.#ports;
    const isRest = cause === "on_exit";
    pins.onDriven(isOn, isRest);
    if (pins.isStep) return;
    if (isOn && !isRest) this.#startCourse();
    else {
      this.#run.end();
      this.#effect = "none";
      this.#news.tell(this.#state);
    }
    // At the claim it may be off because it has to wait. What it is at rest says nothing of what it is to be.
    if (isRest || (!isOn && cause === "initial")) return;
    if (!isOn) this.#wantsOn = false;
    this.#remember();
  }

  #startCourse(): void {
    const { course } = this.#run;
    const isSlow = course?.word === "transition";
    this.#run.start((look) => {
      this.#ports.pins.adjust(look);
      if (isSlow) this.#news.step(this.#state);
    });
    if (isSlow) this.#news.changeBegins(this.#state);
    else this.#news.tell(this.#state);
  }

  /** Goes to where it is wanted, from how it really is. */
  #go(transitionMs: number, cause?: string): void {
    const { isOn, shown } = this.#ports.pins;
    const wanted = this.#wantsOn ? this.#wanted : dark(shown);
    if (this.#effect !== "none") this.#begin(effect(wanted, this.#effect), () => {}, cause);
    else if (transitionMs === 0 || !(isOn || this.#wantsOn)) this.#arrive(cause);
    else this.#begin(transition(shown, wanted, transitionMs), () => this.#arrive("transition"), cause);
  }

  /** Makes the first step of a course. The others follow when the pins have made it, which may have to wait for a limit. */
  #begin(course: Course, atEnd: () => void, cause?: string): void {
    this.#run.take(course, atEnd);
    this.#ports.pins.set(course.lookAt(0), cause);
  }

  /** Is as it is wanted. Where a limit keeps it on, it is steady until it may go off. */
  #arrive(cause: string | undefined): void {
    const { pins } = this.#ports;
    const steady = this.#run.course?.told ?? pins.shown;
    this.#run.end();
    pins.set(this.#wantsOn ? this.#wanted : dark(this.#wanted), cause);
    if (this.#wantsOn || !pins.isOn) return;
    pins.adjust(steady);
    this.#news.tell(this.#state);
  }

  get #state(): LightState {
    const { pins, memory, stateOf } = this.#ports;
    const look = pins.isOn ? (this.#run.course?.told ?? pins.shown) : this.#wanted;
    return stateOf(pins.isOn, look, memory.knowsEffects ? this.#effect : undefined);
  }

  #remember(): void {
    this.#ports.memory.remember(this.#ports.pins.isOn && this.#wantsOn, this.#wanted);
  }
}
