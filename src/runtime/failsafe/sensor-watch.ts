import { readingIn, staleAfterMs } from "../../core/house/reading-in.ts";
import { measureLink } from "../../core/link.ts";
import type { Cancel, Clock } from "../../core/time/clock.ts";
import { untilCommonMoment } from "../../core/time/common-moment.ts";
import type { Neighbours } from "../device/neighbours.ts";

/** How often the age of the last reading is looked at. */
const lookMs = 5_000;

/** What watching a measure needs. */
export interface SensorWatchPorts {
  readonly neighbours: Neighbours;
  readonly clock: Pick<Clock, "monotonicMs" | "after">;
  /** The measure as it is written in devices.yaml. */
  readonly sensor: string;
  /** Called now and then with whether there is a reading to go by. */
  readonly tell: (isGood: boolean) => void;
}

/**
 * Watches whether there is a reading of a measure to go by. There is none while its device is offline, while the last reading is stale, and
 * when a number has been suspect for as long as it takes to be stale, such as one that a filter makes up again and again.
 */
export class SensorWatch {
  readonly #ports: SensorWatchPorts;
  readonly #cancels: Cancel[] = [];
  #goodAtMs: number;

  constructor(ports: SensorWatchPorts) {
    this.#ports = ports;
    this.#goodAtMs = ports.clock.monotonicMs();
    const { device } = measureLink("stale_sensor", ports.sensor);
    this.#cancels.push(ports.neighbours.listen(device, () => this.#look()));
    this.#lookAgainAndAgain();
  }

  /** Ends the watching. */
  stop(): void {
    for (const cancel of this.#cancels.splice(0)) cancel();
  }

  #lookAgainAndAgain(): void {
    const { clock } = this.#ports;
    this.#cancels[1] = clock.after(untilCommonMoment(clock, lookMs), () => {
      this.#lookAgainAndAgain();
      this.#look();
    });
  }

  #look(): void {
    const { neighbours, clock, sensor, tell } = this.#ports;
    const { device, measure } = measureLink("stale_sensor", sensor);
    const said = neighbours.said(device);
    const nowMs = clock.monotonicMs();
    const quality = readingIn(said, measure, nowMs)?.quality;
    if (quality === "good") this.#goodAtMs = nowMs;
    const mayBeSuspect = nowMs - this.#goodAtMs <= staleAfterMs(said?.everyMs ?? 0);
    tell(quality === "good" || (quality === "suspect" && mayBeSuspect));
  }
}
