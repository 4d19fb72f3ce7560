import type { Name } from "../contestants/contestant.ts";
import { chosen } from "../contestants/index.ts";
import { Line } from "../load/line.ts";
import { median } from "../load/numbers.ts";
import { type Ready, withReady } from "../load/ready.ts";
import { type Broker, withBroker } from "../machine/broker.ts";
import { pause } from "../machine/processes.ts";
import type { Row } from "../results/row.ts";
import { ByContestant } from "./by-contestant.ts";
import type { Figure } from "./figure.ts";

/** A connection of this length counts as a good one. */
const goodLineMs = 12_000;
/** How long the broker lives after all have found it, in ms. */
const shortLives = [500, 1_200, 2_000, 2_800, 3_500, 900];
const longestMs = 60_000;

/** From the moment when the broker accepts connections again until a command works. */
export const brokerBack: Figure = {
  name: "broker-back",
  about: "from the return of the broker until a command works",
  quick: false,
  measure({ contestants }) {
    const racers = chosen(contestants, ["agent", "echo-q1", "c", "peer"]);
    const job = { count: 1, what: "relays", qos: 1, label: "back" } as const;
    return withBroker((broker) =>
      withReady(racers, { ...job, port: broker.port }, async (all) => {
        const outages = new Outages(broker, all);
        const short = await outages.of(2_000, Array(8).fill(goodLineMs));
        const long = await outages.of(10_000, Array(6).fill(goodLineMs));
        const lives = await outages.of(500, [goodLineMs, ...shortLives]);
        const worst = (values: readonly number[]) => Math.max(...values);
        return {
          rows: [
            row("2s", "broker back after 2 s: command works, s", short.each(median), 0.5),
            row("2s-worst", "the same, worst of 8", short.each(worst)),
            row("10s", "broker back after 10 s: command works, s", long.each(median), 0.8),
            row("10s-worst", "the same, worst of 6", long.each(worst)),
            row("lives", "broker back after several short lives, s, worst", lives.each(worst), 1.5),
          ],
        };
      }),
    );
  },
};

function row(id: string, title: string, values: Row["values"], most?: number): Row {
  const base = { id: `back-${id}`, title, decimals: 2, values, floor: "echo-q1" } as const;
  return most === undefined ? base : { ...base, goal: { of: "value", most } };
}

class Outages {
  readonly #broker: Broker;
  readonly #all: readonly Ready[];
  /** What each was told last. */
  readonly #isOn = new Map<Name, boolean>();

  constructor(broker: Broker, all: readonly Ready[]) {
    this.#broker = broker;
    this.#all = all;
  }

  /** The broker is away for so long, after each of these lives. Returns the seconds until a command works. */
  async of(downMs: number, livesMs: readonly number[]): Promise<ByContestant<number>> {
    const seconds = new ByContestant<number>();
    for (const lifeMs of livesMs) {
      await pause(lifeMs);
      await this.#broker.kill();
      await pause(downMs);
      await this.#broker.start();
      for (const [name, ms] of await this.#recoveries()) seconds.add(name, ms / 1000);
    }
    return seconds;
  }

  /** Sends commands until each is obeyed. Each wants what the one before did not, so that a state that is only said again does not count. */
  async #recoveries(): Promise<ReadonlyMap<Name, number>> {
    const begin = performance.now();
    const line = await Line.open(this.#broker.port);
    const times = new Map<Name, number>();
    for (const { contestant } of this.#all) this.#isOn.set(contestant.name, this.#isOn.get(contestant.name) !== true);
    line.heard = (topic, word, retained) => {
      const one = this.#all.find(({ state }) => state(0) === topic);
      if (one === undefined || retained) return;
      const { name } = one.contestant;
      if ((word === "ON") === this.#isOn.get(name) && !times.has(name)) times.set(name, performance.now() - begin);
    };
    await line.subscribe(
      this.#all.map(({ state }) => state(0)),
      1,
    );
    while (times.size < this.#all.length && performance.now() - begin < longestMs) {
      for (const { contestant, command, on, off } of this.#all)
        if (!times.has(contestant.name)) line.publish(command(0), this.#isOn.get(contestant.name) ? on : off, 1);
      await pause(10);
    }
    for (const { contestant } of this.#all) if (!times.has(contestant.name)) times.set(contestant.name, longestMs);
    line.close();
    return times;
  }
}
