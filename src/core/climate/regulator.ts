import type { MeasureLink } from "../link.ts";
import { type ClimateWish, type Demand, demandAt, isAllowed } from "./demand.ts";
import type { SensorState } from "./reading-news.ts";
import type { SteeredOutput } from "./steered-output.ts";

/** What a regulator goes by and what it switches. */
export interface RegulatorPorts {
  readonly sensor: MeasureLink;
  readonly heater: SteeredOutput | undefined;
  readonly cooler: SteeredOutput | undefined;
}

/** Switches a heater and a cooler by good readings. Without any, both are off. Never asks for both at once. */
export class Regulator {
  readonly #ports: RegulatorPorts;
  #demand: Demand = "idle";

  constructor(ports: RegulatorPorts) {
    this.#ports = ports;
  }

  /** What really happens, as the outputs say: an order may wait for a limit of theirs, and somebody else may have given another. */
  get action(): Demand {
    const { heater, cooler } = this.#ports;
    if (heater?.isOn()) return "heating";
    return cooler?.isOn() ? "cooling" : "idle";
  }

  /** The temperature as far as it is known. A reading that is suspect for some seconds is still the one there is. */
  get reading(): { readonly current: number | null; readonly sensor: SensorState } {
    const { value = null, quality = "missing" } = this.#ports.sensor.last() ?? {};
    return quality === "good" || quality === "suspect"
      ? { current: value, sensor: "good" }
      : { current: null, sensor: quality };
  }

  /** Looks at all there is, and switches what has to be switched. */
  steer(wish: ClimateWish): void {
    const { heater, cooler } = this.#ports;
    this.#demand = this.#decide(wish);
    // First what goes off. An output that is offline is at its rest, so that the other one may work.
    if (this.#demand !== "heating") heater?.want(false);
    if (this.#demand !== "cooling") cooler?.want(false);
    if (this.#demand === "heating") heater?.want(cooler?.isOn() !== true);
    if (this.#demand === "cooling") cooler?.want(heater?.isOn() !== true);
  }

  /** Switches both off. */
  release(): void {
    this.#ports.heater?.want(false);
    this.#ports.cooler?.want(false);
  }

  #decide(wish: ClimateWish): Demand {
    const reading = this.#ports.sensor.last();
    if (reading?.quality === "good") return demandAt(reading.value, this.#demand, wish);
    // What has begun goes on for the moment; what still waits for a limit of its output has not begun.
    const hasBegun = this.#demand === this.action && isAllowed(this.#demand, wish.mode);
    return reading?.quality === "suspect" && hasBegun ? this.#demand : "idle";
  }
}
