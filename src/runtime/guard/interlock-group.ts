import type { Clock } from "../../core/time/clock.ts";

/** The place of one output in its interlock group. */
export interface Seat {
  /** Notes whether the output is on now. */
  seen(on: boolean): void;
  /** Why the output must not go on: a sentence that names the output of which nobody knows that it is off. Undefined if it may. */
  problem(): string | undefined;
  /** The output is wanted on. Of a group only the newest wish waits, so the wishes of the others are dropped. */
  wish(): void;
  /** The output is no longer wanted on: the others need not make way. */
  withdraw(): void;
  /**
   * Makes way for the output: switches the others off. Returns for how many milliseconds the output must wait; 0 if it can go on now.
   * Undefined if that is not known, because another output has to stay on for its shortest time, or is not claimed yet. Then {@link
   * SeatPorts.look} is called when that has changed.
   */
  makeWay(): number | undefined;
  /** Gives the place up. The output is off, as far as it was seen. */
  leave(): void;
}

/** What the group needs of an output. */
export interface SeatPorts {
  /** Drops the change that waits, if it is one to on. */
  readonly drop: () => void;
  /** Switches the output off, or plans that. Does not throw. */
  readonly yield: () => void;
  /** Cancels what {@link yield} has planned. */
  readonly stay: () => void;
  /** Another output has changed: the wish of this one may be possible now. Does not throw. */
  readonly look: () => void;
}

interface Place {
  readonly device: string;
  readonly ports: SeatPorts;
  /** Undefined until it was seen for the first time. */
  isOn: boolean | undefined;
}

/**
 * The outputs of several devices of which never two are on. Switching one on switches off the one that is on, and waits. An output that
 * nobody has claimed may be on, so no other one goes on then: at the start of the agent, and while its device is offline.
 */
export class InterlockGroup {
  readonly #name: string;
  readonly #waitMs: number;
  readonly #clock: Pick<Clock, "monotonicMs">;
  readonly #places = new Set<Place>();
  /** The devices that have no output here, and whether it is known that theirs are off. */
  readonly #absent: Map<string, "off" | "unknown">;
  #offSinceMs = Number.NEGATIVE_INFINITY;

  /** `devices` are the ids of all devices of the group. All are off for `waitMs` before one goes on. */
  constructor(name: string, waitMs: number, devices: readonly string[], clock: Pick<Clock, "monotonicMs">) {
    this.#name = name;
    this.#waitMs = waitMs;
    this.#clock = clock;
    this.#absent = new Map(devices.map((device) => [device, "unknown"]));
  }

  /** Takes a place for an output of a device that was claimed. Until it is seen for the first time it may be on. */
  join(device: string, ports: SeatPorts): Seat {
    const place: Place = { device, ports, isOn: undefined };
    this.#places.add(place);
    this.#absent.delete(device);
    return {
      seen: (on) => this.#seen(place, on),
      problem: () => this.#problem(),
      wish: () => {
        for (const { ports } of this.#othersOf(place)) ports.drop();
      },
      withdraw: () => {
        for (const { ports } of this.#othersOf(place)) ports.stay();
      },
      makeWay: () => this.#makeWay(place),
      leave: () => this.#leave(place),
    };
  }

  /** Whether an output of another device than this one is on, as far as it was seen. */
  isTakenBesides(device: string): boolean {
    return [...this.#places].some((place) => place.isOn === true && place.device !== device);
  }

  #othersOf(place: Place): readonly Place[] {
    return [...this.#places].filter(({ device }) => device !== place.device);
  }

  #seen(place: Place, on: boolean): void {
    if (place.isOn === on) return;
    place.isOn = on;
    if (!on) this.#offSinceMs = this.#clock.monotonicMs();
    this.#lookAgain(place);
  }

  #problem(): string | undefined {
    const unseen = [...this.#places].filter(({ isOn }) => isOn === undefined).map(({ device }) => device);
    const absent = [...this.#absent].filter(([, known]) => known === "unknown").map(([device]) => device);
    const unknown = [...absent, ...unseen];
    if (unknown.length === 0) return undefined;
    return `nobody knows that "${unknown.join('" and "')}" of the interlock group "${this.#name}" is off, since it is offline`;
  }

  #makeWay(place: Place): number | undefined {
    for (const other of this.#othersOf(place)) if (other.isOn === true) other.ports.yield();
    const isFree = !this.isTakenBesides(place.device) && this.#problem() === undefined;
    return isFree ? Math.max(0, this.#offSinceMs + this.#waitMs - this.#clock.monotonicMs()) : undefined;
  }

  #leave(place: Place): void {
    if (!this.#places.delete(place)) return;
    const others = [...this.#places].filter(({ device }) => device === place.device);
    if (others.length === 0) this.#absent.set(place.device, place.isOn === false ? "off" : "unknown");
    this.#lookAgain(place);
  }

  #lookAgain(place: Place): void {
    for (const other of this.#othersOf(place)) other.ports.look();
  }
}
