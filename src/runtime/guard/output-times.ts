import type { CommandTimes } from "../../core/outputs/command-times.ts";
import { Deadlines } from "./deadlines.ts";
import type { DeadlineName } from "./guard-memory.ts";
import type { GuardPorts, Wish } from "./guard-ports.ts";
import { shortestTime } from "./shortest-time.ts";

/** What is known of one output: whether it is on, since when, and what it does by itself. */
export class OutputTimes<Value> {
  readonly #ports: GuardPorts<Value>;
  readonly #deadlines: Deadlines;
  #isOn = false;
  #changedAtMs = Number.NEGATIVE_INFINITY;
  /** The change that is being made. */
  #making: Pick<Wish<Value>, "cause" | "times"> = { cause: undefined };

  /** `due` is called when a deadline has come. */
  constructor(ports: GuardPorts<Value>, due: (name: DeadlineName) => void) {
    this.#ports = ports;
    this.#deadlines = new Deadlines(ports, due);
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  /** The output begins with this value. `isWantedOn`: it goes on as soon as it may. */
  begin(value: Value, isWantedOn: boolean): void {
    this.#note(value);
    if (this.#isOn) this.#deadlines.on(undefined, true);
    else this.#deadlines.beginOff(isWantedOn);
  }

  /** The output has this value. Returns whether it has gone on or off. */
  seen(value: Value): boolean {
    if (this.#ports.isOn(value) === this.#isOn) return false;
    this.#note(value);
    const { cause, times } = this.#making;
    if (this.#isOn) this.#deadlines.on(times, cause === "initial");
    else this.#deadlines.off(times);
    return true;
  }

  /** Somebody has commanded the output to be on or off, as it is already. */
  again(times: CommandTimes | undefined): void {
    this.#deadlines.again(this.#isOn, times);
  }

  /** Makes a change: what is seen during the task belongs to this wish. */
  during(wish: Wish<Value>, task: () => void): void {
    this.#making = wish;
    try {
      task();
    } finally {
      this.#making = { cause: undefined };
    }
  }

  /** For how many milliseconds the output keeps its present state, and by which limit. */
  shortest(wantsOn: boolean): { readonly limit: string; readonly waitMs: number } {
    const { limit, ms } = shortestTime(this.#ports, wantsOn);
    const waitMs = ms === 0 ? 0 : this.#changedAtMs + ms - this.#ports.clock.monotonicMs();
    const restMs = wantsOn ? Deadlines.restMs(this.#ports) : 0;
    return restMs > waitMs ? { limit: "max_on_rest", waitMs: restMs } : { limit, waitMs };
  }

  /** The device ends. Nothing happens by itself any more; the deadlines are kept for the next start. */
  end(): void {
    this.#deadlines.stop();
    this.#ports.memory.close();
  }

  #note(value: Value): void {
    this.#isOn = this.#ports.isOn(value);
    this.#changedAtMs = this.#ports.clock.monotonicMs();
  }
}
