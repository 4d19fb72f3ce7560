import type { ExpectMessage, ExpectRule, HouseHappening } from "../core/simulation/scenario.ts";
import type { Cancel } from "../core/time/clock.ts";
import type { SimulatedWorld } from "./simulated-world.ts";

/** What happens to the whole agent in a scenario, and what is expected of it. */
export class HouseHappenings {
  readonly #world: Pick<SimulatedWorld, "bus" | "rulesTopic">;
  readonly #after: (ms: number, task: () => void) => void;
  /** How often each rule had fired when it was last asked about. */
  readonly #asked = new Map<string, number>();

  constructor(world: Pick<SimulatedWorld, "bus" | "rulesTopic">, after: (ms: number, task: () => void) => void) {
    this.#world = world;
    this.#after = after;
  }

  /**
   * Lets it happen. Resolves with what is missing of what is expected, such as "the rule frost should have fired"; undefined if nothing is.
   * `sinceMs` is the time of the step on the scale of the clock.
   */
  async let(happening: HouseHappening, sinceMs: number): Promise<string | undefined> {
    const { bus } = this.#world;
    switch (happening.verb) {
      case "broker":
        bus.setOnline(happening.isOnline);
        return undefined;
      case "publish":
        bus.publish(happening.topic, happening.payload);
        return undefined;
      case "published":
        return this.#published(happening, sinceMs);
      case "fired":
        return this.#fired(happening);
    }
  }

  async #published({ topic, payload, withinMs }: ExpectMessage, sinceMs: number): Promise<string | undefined> {
    const heard = () => this.#world.bus.heard(topic, sinceMs);
    await this.#until(() => heard().includes(payload), withinMs);
    if (heard().includes(payload)) return undefined;
    const last = heard().at(-1);
    return `${topic} should get ${payload}, but ${last === undefined ? "nothing was published there" : `got ${last}`}`;
  }

  async #fired({ rule, isWanted, withinMs }: ExpectRule): Promise<string | undefined> {
    const count = () => this.#count(rule);
    const before = this.#asked.get(rule) ?? 0;
    await this.#until(() => count() > before, withinMs);
    const now = count();
    this.#asked.set(rule, now);
    if (now > before === isWanted) return undefined;
    return isWanted
      ? `the rule ${rule} should have fired, but has not`
      : `the rule ${rule} should not have fired, but has`;
  }

  #count(rule: string): number {
    const said = this.#world.bus.said(`${this.#world.rulesTopic}/${rule}`);
    return said === undefined ? 0 : Number((JSON.parse(said) as { fired?: number }).fired ?? 0);
  }

  /** Waits until it is so, after all else that happens at this instant, and no longer than this. */
  #until(isSo: () => boolean, withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#after(0, () => {
        if (withinMs === 0 || isSo()) {
          resolve();
          return;
        }
        const unwatch: Cancel = this.#world.bus.watch(() => {
          if (isSo()) finish();
        });
        const finish = () => {
          unwatch();
          resolve();
        };
        this.#after(withinMs, finish);
      });
    });
  }
}
