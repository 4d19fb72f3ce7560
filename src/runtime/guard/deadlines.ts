import type { CommandTimes } from "../../core/outputs/command-times.ts";
import type { Limits } from "../../core/outputs/limits.ts";
import type { Cancel } from "../../core/time/clock.ts";
import { type Deadline, inMs, type LastingClock } from "../../core/time/lasting-clock.ts";
import { type DeadlineName, endsOn, type GuardMemory } from "./guard-memory.ts";

/** What the deadlines of an output need. */
export interface DeadlinePorts {
  readonly limits: Limits;
  readonly lasting: LastingClock;
  readonly memory: GuardMemory;
}

/**
 * When an output changes by itself. `max_on` counts from the moment at which it went on, and nothing prolongs it. `auto_off` is begun anew
 * by each command to on. `on_time` and `off_time` belong to one command. Whatever comes first wins. All are kept over restarts.
 */
export class Deadlines {
  readonly #ports: DeadlinePorts;
  readonly #due: (name: DeadlineName) => void;
  readonly #cancels: Cancel[] = [];

  /** `due` is called when one of them has come. */
  constructor(ports: DeadlinePorts, due: (name: DeadlineName) => void) {
    this.#ports = ports;
    this.#due = due;
  }

  /** Whether an output that was on before the start must stay off now. */
  static forbidOn({ lasting, memory }: Pick<DeadlinePorts, "lasting" | "memory">): boolean {
    return endsOn.some((name) => {
      const deadline = memory.get(name);
      return deadline !== undefined && lasting.leftMs(deadline) <= 0;
    });
  }

  /** For how many milliseconds the output must still rest after `max_on`; 0 or less: not at all. */
  static restMs({ lasting, memory }: Pick<DeadlinePorts, "lasting" | "memory">): number {
    const rest = memory.get("max_on_rest");
    return rest === undefined ? 0 : lasting.leftMs(rest);
  }

  /** The output begins off, after a start. `isWantedOn`: it goes on as soon as it may, as before the start. */
  beginOff(isWantedOn: boolean): void {
    const { limits, lasting, memory } = this.#ports;
    const maxOn = memory.get("max_on");
    const leftMs = maxOn === undefined ? Number.POSITIVE_INFINITY : lasting.leftMs(maxOn);
    // It has ended while nobody looked.
    if (leftMs <= 0 && limits.maxOnRestMs !== undefined)
      memory.set({ max_on_rest: this.#in(limits.maxOnRestMs + leftMs) }, "now");
    if (!isWantedOn) memory.set({ max_on: undefined, auto_off: undefined, on_time: undefined }, "soon");
    this.#arm(["off_time"]);
  }

  /** The output has gone on. `goesOn`: it was on before the start, so its deadlines stay. */
  on(times: CommandTimes | undefined, goesOn: boolean): void {
    const { limits, memory, lasting } = this.#ports;
    const at = (name: DeadlineName, ms: number | undefined) => {
      const kept = goesOn ? memory.get(name) : undefined;
      if (ms === undefined) return undefined;
      return kept !== undefined && lasting.leftMs(kept) < ms ? kept : this.#in(ms);
    };
    const onTime = goesOn ? memory.get("on_time") : this.#in(times?.onMs);
    memory.set(
      {
        max_on: at("max_on", limits.maxOnMs),
        auto_off: at("auto_off", limits.autoOffMs),
        on_time: onTime,
        off_time: undefined,
        max_on_rest: undefined,
      },
      "now",
    );
    this.#arm(endsOn);
  }

  /** The output has gone off. */
  off(times: CommandTimes | undefined): void {
    const off_time = this.#in(times?.offMs);
    const when = off_time === undefined ? "soon" : "now";
    this.#ports.memory.set({ max_on: undefined, auto_off: undefined, on_time: undefined, off_time }, when);
    this.#arm(["off_time"]);
  }

  /** Somebody has commanded the output to be what it is already. */
  again(isOn: boolean, times: CommandTimes | undefined): void {
    if (!isOn) {
      this.off(times);
      return;
    }
    const { limits, memory, lasting } = this.#ports;
    const next = { auto_off: this.#in(limits.autoOffMs), on_time: this.#in(times?.onMs) };
    // An older deadline on disk that comes sooner only ends the time on earlier, after a crash. One that comes later, or none, would prolong it.
    const isSooner = (name: keyof typeof next) => {
      const [kept, wanted] = [memory.get(name), next[name]];
      return wanted !== undefined && (kept === undefined || lasting.leftMs(wanted) < lasting.leftMs(kept));
    };
    memory.set(next, isSooner("auto_off") || isSooner("on_time") ? "now" : "later");
    this.#arm(endsOn);
  }

  /** Nothing happens by itself any more. What is kept stays for the next start. */
  stop(): void {
    if (this.#cancels.length === 0) return;
    for (const cancel of this.#cancels.splice(0)) cancel();
  }

  #in(ms: number | undefined): Deadline | undefined {
    return ms === undefined ? undefined : inMs(this.#ports.lasting, ms);
  }

  #arm(names: readonly DeadlineName[]): void {
    this.stop();
    const { lasting, memory, limits } = this.#ports;
    for (const name of names) {
      const deadline = memory.get(name);
      if (deadline === undefined) continue;
      const end = () => {
        if (name === "max_on") memory.set({ max_on_rest: this.#in(limits.maxOnRestMs) }, "now");
        this.#due(name);
      };
      this.#cancels.push(lasting.at(deadline, end));
    }
  }
}
