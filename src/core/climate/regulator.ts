import type { MeasureLink } from "../link.ts";
import { type Control, type Demand, type Targets, twoPoint } from "./demand.ts";
import type { SensorState } from "./reading-news.ts";
import type { RunOn } from "./run-on.ts";
import type { Admitted, ShortestTimes } from "./shortest-times.ts";
import type { SteeredOutput } from "./steered-output.ts";

/** What a regulator goes by and what it switches. */
export interface RegulatorPorts {
  readonly sensor: MeasureLink;
  readonly raise: SteeredOutput | undefined;
  readonly lower: SteeredOutput | undefined;
  readonly control: Control;
  readonly times: ShortestTimes;
  readonly fan: RunOn | undefined;
  /** Raises from this value, whatever the targets, and `hysteresis` above it no longer; undefined: no such protection. */
  readonly frost: { readonly below: number; readonly hysteresis: number } | undefined;
}

/**
 * Switches an output that raises and one that lowers by good readings. Without any, both are off. Never asks for both at once.
 */
export class Regulator {
  readonly #ports: RegulatorPorts;
  readonly #frost: Control;
  #demand: Demand = "idle";
  #admitted: Admitted = { order: "idle", waits: undefined };
  #isFrost = false;

  constructor(ports: RegulatorPorts) {
    this.#ports = ports;
    this.#frost = twoPoint(ports.frost?.hysteresis ?? 0);
  }

  /** What really happens, as the outputs say: an order may wait for a limit of theirs, and somebody else may have given another. */
  get action(): Demand {
    const { raise, lower } = this.#ports;
    if (raise?.isOn()) return "raise";
    return lower?.isOn() ? "lower" : "idle";
  }

  /** The value as far as it is known. A reading that is suspect is still the one there is. */
  get reading(): { readonly current: number | null; readonly sensor: SensorState } {
    const { value = null, quality = "missing" } = this.#ports.sensor.last() ?? {};
    const current = quality === "good" || quality === "suspect" ? value : null;
    return { current, sensor: quality };
  }

  /** Whether it is so cold that the protection from frost wants to raise. */
  get isFrost(): boolean {
    return this.#isFrost;
  }

  /** The limit for which what is wanted waits. */
  get waitsFor(): "min_on" | "min_off" | null {
    return this.#admitted.waits?.for ?? null;
  }

  /** The share of the time for which it is on now, in percent; undefined where it is not regulated by shares. */
  get duty(): number | undefined {
    return this.#ports.control.duty;
  }

  /** Notes what really happens now. It wants to be called with each change of an output. */
  seen(): void {
    this.#ports.times.seen(this.action);
  }

  /** Looks at all there is, and switches what has to be switched. Returns in how many milliseconds it wants to look again at the latest. */
  steer(targets: Targets): number {
    const { sensor, raise, lower, times, fan, control } = this.#ports;
    this.seen();
    this.#demand = this.#decide(targets);
    const isBlind = !["good", "suspect"].includes(sensor.last()?.quality ?? "missing");
    this.#admitted = times.admit(this.#demand, isBlind);
    const { order, waits } = this.#admitted;
    // First what goes off. An output that is offline is at its rest, so that the other one may work.
    if (order !== "raise") raise?.want(false);
    if (order !== "lower") lower?.want(false);
    if (order === "raise") raise?.want(lower?.isOn() !== true);
    if (order === "lower") lower?.want(raise?.isOn() !== true);
    this.seen();
    const runsOnMs = fan?.follow(this.action !== "idle");
    return Math.min(...[waits?.ms, runsOnMs, control.changesInMs()].map((ms) => ms ?? Number.POSITIVE_INFINITY));
  }

  /** Switches both off. A fan goes on: the next run of the device ends it. */
  release(): void {
    this.#ports.raise?.want(false);
    this.#ports.lower?.want(false);
  }

  #decide(targets: Targets): Demand {
    const { sensor, control, frost } = this.#ports;
    const reading = sensor.last();
    if (reading?.quality === "good") {
      const wanted = control.decide(reading.value, targets, this.#demand);
      const upTo = frost && { raise: frost.below + frost.hysteresis };
      const before = this.#isFrost ? "raise" : "idle";
      this.#isFrost = upTo !== undefined && this.#frost.decide(reading.value, upTo, before) === "raise";
      return this.#isFrost ? "raise" : wanted;
    }
    // What has begun goes on for the moment; what still waits for a limit has not begun.
    const mayGoOn = this.#demand !== "idle" && (targets[this.#demand] !== undefined || this.#isFrost);
    if (reading?.quality === "suspect" && mayGoOn && this.#demand === this.action) return this.#demand;
    this.#isFrost = false;
    return "idle";
  }
}
