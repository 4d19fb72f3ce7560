import type { Log } from "../../core/log/log.ts";
import type { Kept } from "../../core/store.ts";
import type { Cancel, Clock } from "../../core/time/clock.ts";
import { onceAllIsTold } from "../../core/time/once-all-is-told.ts";
import { Course } from "./course.ts";
import { type DoorProblem, problemTexts } from "./door-problems.ts";
import { afterPulse, type Direction, type DoorWord, directionOf, type Phase, phaseAt, wordOf } from "./phase.ts";

/** A contact may see the door at its end a little before the door stands, in milliseconds. */
const settleMs = 1_000;

/** What knowing a door needs. */
export interface DoorPorts {
  /** How long it takes from one end to the other, in milliseconds. */
  readonly times: Readonly<Record<Direction, number>>;
  /** How much later it may be, in milliseconds, before something is wrong. */
  readonly marginMs: number;
  readonly reverses: boolean;
  readonly clock: Clock;
  readonly log: Log;
  /** The phase as it is known if the program ends now. A door that moves then is unknown. */
  readonly kept: Kept<Phase>;
  /** Told after each change of what is known. */
  readonly onChange: () => void;
}

/** Knows a door by its contacts, by the pulses that its drive got, and by time where it has no contact. */
export class Door {
  /** From when on a door that has just come to an end stands there for sure, on the scale of the clock. */
  standsFromMs = Number.NEGATIVE_INFINITY;
  /** What is wrong; undefined: nothing, as far as the contacts see. */
  problem: DoorProblem | undefined;
  readonly #ports: DoorPorts;
  readonly #isAt = new Map<Direction, boolean>();
  readonly #course: Course;
  #phase: Phase = "unknown";
  #hasBegun = false;
  #cancelDue: Cancel = () => {};
  #cancelStart: Cancel = () => {};

  constructor(ports: DoorPorts) {
    this.#ports = ports;
    this.#course = new Course(ports.times, ports.clock);
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** Why a pulse can do anything, as a clause for the sender of a command; undefined: as far as the phase is known, it does as it should. */
  get fault(): string | undefined {
    return this.#areBoth ? problemTexts.both_contacts : undefined;
  }

  /** The state's word; null: nobody knows whether it is open or closed. */
  get word(): DoorWord | null {
    return wordOf(this.#phase, this.#seenEnd, this.#isAt.get("close"));
  }

  /** All contacts have said what they see. What is kept counts where no contact says something else. */
  begin(): void {
    const { value } = this.#ports.kept;
    this.#hasBegun = true;
    const end = this.#seenEnd;
    if (this.#areBoth) this.#become("unknown", "both_contacts");
    else if (end !== undefined) this.#become(phaseAt[end]);
    else this.#become(directionOf(value) === undefined && this.#mayBe(value) ? value : "unknown");
  }

  /** A contact says whether the door is at this end. */
  onContact(end: Direction, isAt: boolean): void {
    const wereBoth = this.#areBoth;
    const before = this.#phase;
    this.#isAt.set(end, isAt);
    if (!this.#hasBegun) return;
    const seen = this.#seenEnd;
    if (this.#areBoth) this.#become("unknown", "both_contacts");
    else if (seen !== undefined && (isAt || wereBoth)) this.#become(phaseAt[seen]);
    // Somebody else has moved it.
    else if (before === phaseAt[end]) this.#become(end === "close" ? "opening" : "closing");
    else {
      this.#cancelStart();
      this.#ports.onChange();
    }
  }

  /** The drive got a pulse. */
  pulsed(): void {
    this.#become(afterPulse(this.#phase, this.#ports.reverses));
  }

  /** Nobody knows what the drive got. */
  lose(): void {
    const end = this.#seenEnd;
    this.#become(end === undefined ? "unknown" : phaseAt[end]);
  }

  get #areBoth(): boolean {
    return this.#isAt.get("open") === true && this.#isAt.get("close") === true;
  }

  /** The end at which a contact sees the door. */
  get #seenEnd(): Direction | undefined {
    if (this.#areBoth) return undefined;
    return (["open", "close"] as const).find((end) => this.#isAt.get(end));
  }

  /** Whether the door can be in this phase while no contact sees it at its end. */
  #mayBe(phase: Phase): boolean {
    return (["open", "close"] as const).every((end) => phase !== phaseAt[end] || !this.#isAt.has(end));
  }

  #become(phase: Phase, problem?: DoorProblem): void {
    const { kept, log, clock } = this.#ports;
    this.#cancelDue();
    this.#cancelStart();
    if (phase === "open" || phase === "closed") this.standsFromMs = clock.monotonicMs() + settleMs;
    this.#phase = phase;
    this.#course.begin(phase);
    if (problem !== undefined && problem !== this.problem)
      log.warn({ reason: problemTexts[problem] }, "the door has a problem");
    this.problem = problem;
    if (kept.value !== phase) kept.set(phase, "now");
    this.#plan();
    this.#ports.onChange();
  }

  /** What becomes of the phase when no contact says anything. */
  #plan(): void {
    const { clock, times, marginMs } = this.#ports;
    // On a busy machine, the edge of a contact may still have to be told.
    const after = (ms: number, task: () => void) => onceAllIsTold(clock, clock.monotonicMs() + ms, task);
    const way = directionOf(this.#phase);
    if (way === undefined) {
      // One of two contacts should see it, unless it stands where somebody has left it, or is on its way.
      const longestMs = Math.max(times.open, times.close) + marginMs;
      if (this.#phase === "unknown" && this.#isAt.size === 2 && this.problem === undefined)
        this.#cancelDue = after(longestMs, () => this.#become("unknown", "between"));
      return;
    }
    if (this.#isAt.has(way)) this.#cancelDue = after(times[way] + marginMs, () => this.#become("unknown", "between"));
    else this.#cancelDue = clock.after(this.#course.leftMs(way), () => this.#become(phaseAt[way]));
    const end = this.#seenEnd;
    if (end === undefined) return;
    // It was stopped before it left a contact, and goes back to that end now: nothing will be seen of it.
    const problem = end === way ? undefined : "no_movement";
    this.#cancelStart = after(marginMs, () => this.#become(phaseAt[end], problem));
  }
}
