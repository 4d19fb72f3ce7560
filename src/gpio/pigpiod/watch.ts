import type { Edge, Level } from "../../core/hardware/gpio.ts";
import type { Cancel, Clock } from "../../core/time/clock.ts";
import { TickScale } from "../pigpio/ticks.ts";
import type { PigpiodConnection } from "./connection.ts";
import type { Report } from "./protocol.ts";

/** How often the daemon's ticks are compared with the clock. Meanwhile the clocks drift by some milliseconds at most. */
const compareEveryMs = 60_000;

interface Watched {
  /** Undefined until the daemon has reported it. */
  level: Level | undefined;
  /** Reports that came before the level was known. */
  readonly early: Report[];
  /** When the last edge was, or the beginning. Reports of an earlier time belong to an earlier owner of the pin. */
  lastMs: number;
  readonly onEdge: (edge: Edge) => void;
}

/** The inputs that one connection watches. */
export class Watch {
  readonly #clock: Clock;
  readonly #connection: PigpiodConnection;
  readonly #watched = new Map<number, Watched>();
  readonly #ticks = new TickScale();
  #comparing: Cancel | undefined;

  constructor(clock: Clock, connection: PigpiodConnection) {
    this.#clock = clock;
    this.#connection = connection;
    connection.whenReported((report) => this.#take(report));
    connection.whenLost(() => this.stop());
  }

  /** Calls `onEdge` for each change from now on. Resolves with a function that returns the level, once the level is known. */
  async begin(pin: number, onEdge: (edge: Edge) => void): Promise<() => Level> {
    const watched: Watched = { level: undefined, early: [], lastMs: 0, onEdge };
    this.#watched.set(pin, watched);
    const answers = Promise.all([this.#notify(), this.#compare(), this.#connection.request("read", pin)]);
    const [, tick, level] = await answers.catch((error) => {
      this.#watched.delete(pin);
      throw error;
    });
    this.#compareLater();
    watched.lastMs = this.#ticks.toMs(tick);
    watched.level = level === 0 ? 0 : 1;
    for (const report of watched.early.splice(0)) this.#tell(pin, watched, report);
    return () => watched.level as Level;
  }

  /** Stops watching a pin. On a lost connection it does nothing. */
  async end(pin: number): Promise<void> {
    this.#watched.delete(pin);
    if (this.#watched.size === 0) this.stop();
    await this.#notify().catch(() => {});
  }

  /** Cancels the timer. */
  stop(): void {
    this.#comparing?.();
    this.#comparing = undefined;
  }

  /** Takes a report. If nothing has changed for a minute, the daemon reports the levels too, which repairs reports that got lost. */
  #take(report: Report): void {
    for (const [pin, watched] of this.#watched) {
      if (watched.level === undefined) watched.early.push(report);
      else this.#tell(pin, watched, report);
    }
  }

  #tell(pin: number, watched: Watched, { tick, levels }: Report): void {
    const level: Level = ((levels >>> pin) & 1) === 0 ? 0 : 1;
    const atMs = this.#ticks.toMs(tick);
    if (level === watched.level || atMs < watched.lastMs) return;
    Object.assign(watched, { level, lastMs: atMs });
    watched.onEdge({ level, atMs });
  }

  #notify(): Promise<void> {
    let pins = 0;
    for (const pin of this.#watched.keys()) pins |= 1 << pin;
    return this.#connection.notify(pins >>> 0);
  }

  async #compare(): Promise<number> {
    const beforeMs = this.#clock.monotonicMs();
    const tick = await this.#connection.request("tick");
    this.#ticks.compare(tick, beforeMs, this.#clock.monotonicMs());
    return tick;
  }

  #compareLater(): void {
    this.#comparing ??= this.#clock.after(compareEveryMs, () => {
      this.#comparing = undefined;
      if (this.#watched.size === 0) return;
      this.#compareLater();
      this.#compare().catch(() => {});
    });
  }
}
