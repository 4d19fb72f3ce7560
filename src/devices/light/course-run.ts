import type { Cancel, Clock } from "../../core/time/clock.ts";
import type { Course } from "./course.ts";
import type { Look } from "./look.ts";

/** Runs one course at a time, by the clock. */
export class CourseRun {
  readonly #clock: Clock;
  #course: Course | undefined;
  #atEnd: () => void = () => {};
  #startedAtMs = 0;
  #cancelStep: Cancel = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The course that runs, or that waits for its first step. */
  get course(): Course | undefined {
    return this.#course;
  }

  /** Takes a course in place of the one before. `atEnd` is called once after its last step. */
  take(course: Course, atEnd: () => void): void {
    this.end();
    this.#course = course;
    this.#atEnd = atEnd;
  }

  /** The first step of the course is made. `onStep` gets the look of each further one. */
  start(onStep: (look: Look) => void): void {
    this.#cancelStep();
    this.#startedAtMs = this.#clock.monotonicMs();
    if (this.#course !== undefined) this.#plan(this.#course, onStep);
  }

  /** Ends the course where it is. */
  end(): void {
    this.#cancelStep();
    this.#course = undefined;
  }

  #plan(course: Course, onStep: (look: Look) => void): void {
    const elapsedMs = this.#clock.monotonicMs() - this.#startedAtMs;
    const waitMs = Math.max(0, Math.min(course.everyMs, course.ms - elapsedMs));
    this.#cancelStep = this.#clock.after(waitMs, () => {
      const atMs = this.#clock.monotonicMs() - this.#startedAtMs;
      if (atMs >= course.ms) {
        this.#atEnd();
        return;
      }
      this.#plan(course, onStep);
      onStep(course.lookAt(atMs));
    });
  }
}
