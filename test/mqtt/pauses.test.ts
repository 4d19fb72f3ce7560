import { describe, expect, it } from "vitest";
import { NotMqttError, TooLargeError } from "../../src/mqtt/incoming-limit.ts";
import { Pauses } from "../../src/mqtt/pauses.ts";
import { FakeClock } from "../fakes/clock.ts";

const withCode = (code: string | number) => Object.assign(new Error("it ended"), { code });
const [refused, reset, badPassword, banned, shutsDown, takenOver, tooLarge] = [
  withCode("ECONNREFUSED"),
  withCode("ECONNRESET"),
  withCode(134),
  withCode(138),
  withCode(139),
  withCode(142),
  withCode(149),
];
const aMinute = 60_000;

/** What happens to a connection: it is lost after so many milliseconds of service, or does not come to be. */
type Happening =
  | { readonly lostAfterMs: number; readonly error?: unknown; readonly hasRival?: boolean }
  | { readonly failed: unknown; readonly accepted?: boolean };

/** Lets things happen one after the other, each after the pause before it, and tells the pauses. */
async function pausesAfter(happenings: readonly Happening[], random = () => 0.5): Promise<number[]> {
  const clock = new FakeClock();
  const pauses = new Pauses(random, () => clock.monotonicMs());
  const all: number[] = [];
  for (const happening of happenings) {
    let pauseMs: number;
    if ("failed" in happening) pauseMs = pauses.nextRound(happening.failed, happening.accepted ?? false);
    else {
      const { lostAfterMs, error, hasRival = false } = happening;
      pauses.connected();
      await clock.advance(lostAfterMs);
      pauseMs = pauses.afterLoss({ error, servedMs: lostAfterMs, hasRival });
    }
    all.push(pauseMs);
    await clock.advance(pauseMs);
  }
  return all;
}

const times = <T>(count: number, happening: T): T[] => Array.from({ length: count }, () => happening);
const lost = { lostAfterMs: aMinute };
const short = { lostAfterMs: 3_000 };

describe("the pause before the next connection, on average,", () => {
  it.each<[string, readonly Happening[], readonly number[]]>([
    ["is short while a broker that was lost is away", [lost, ...times(5, { failed: refused })], times(6, 600)],
    [
      "is short for one that hangs up, resets or goes down in order",
      [lost, { failed: undefined }, { failed: reset }, { lostAfterMs: aMinute, error: shutsDown }],
      times(4, 600),
    ],
    [
      "is short for one that is started anew again and again",
      [...Array.from({ length: 20 }, () => [short, { failed: refused }]).flat()],
      times(40, 600),
    ],
    [
      "grows for one that throws us out again and again",
      times(12, short),
      [...times(5, 600), 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000],
    ],
    [
      "grows for one that lets us in and does not serve",
      times(8, { failed: undefined, accepted: true }),
      [...times(5, 600), 1_000, 2_000, 4_000],
    ],
    [
      "grows at once for one that throws us out for a reason",
      times(4, { lostAfterMs: 10, error: tooLarge }),
      [1_000, 2_000, 4_000, 8_000],
    ],
    [
      "is short again after a connection that held",
      [...times(7, short), { lostAfterMs: 10_000 }, short],
      [...times(5, 600), 1_000, 2_000, 600, 600],
    ],
    [
      "grows for one that refuses us",
      times(9, { failed: badPassword }),
      [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000],
    ],
    ["grows for who is no broker", times(3, { failed: new NotMqttError("no") }), [500, 1_000, 2_000]],
    [
      "grows for one whose certificate is not trusted",
      times(3, { failed: withCode("CERT_HAS_EXPIRED") }),
      [500, 1_000, 2_000],
    ],
    [
      "begins small with a refusal after good service",
      [...times(5, { failed: banned }), lost, { failed: banned }],
      [500, 1_000, 2_000, 4_000, 8_000, 600, 500],
    ],
    [
      "is long for one that sends what is too large",
      times(3, { lostAfterMs: 10, error: new TooLargeError("no") }),
      [30_000, 30_000, 30_000],
    ],
    [
      "is long, and longer from time to time, for another client with our id",
      [...times(7, { lostAfterMs: aMinute, error: takenOver })],
      [30_000, 60_000, 120_000, 240_000, 480_000, 600_000, 600_000],
    ],
    [
      "grows where such a one is known and the broker says nothing",
      [...times(10, { lostAfterMs: aMinute, hasRival: true })],
      [2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 512_000, 600_000],
    ],
    [
      "is short again where the broker itself had gone, and not we",
      [
        ...times(3, { lostAfterMs: aMinute, hasRival: true }),
        { failed: refused },
        { lostAfterMs: aMinute, hasRival: true },
      ],
      [2_000, 4_000, 8_000, 600, 2_000],
    ],
    [
      "begins anew where the other one has not come for long",
      [...times(3, { lostAfterMs: aMinute, error: takenOver }), { lostAfterMs: 31 * aMinute, error: takenOver }],
      [30_000, 60_000, 120_000, 30_000],
    ],
  ])("%s", async (_what, happenings, expected) => {
    expect(await pausesAfter(happenings)).toEqual(expected);
  });

  it("grows once a broker is away for more than five minutes, and is short again after the next connection", async () => {
    const inFiveMinutes = (5 * aMinute) / 600;
    const pauses = await pausesAfter([...times(inFiveMinutes + 7, { failed: refused }), lost, { failed: refused }]);
    expect(pauses.slice(0, inFiveMinutes)).toEqual(times(inFiveMinutes, 600));
    expect(pauses.slice(inFiveMinutes)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 600, 600]);
  });
});

/** A row of numbers from 0 to 1 that looks like chance, and is the same in each run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

describe("a broker that is back", () => {
  it("is found within a second, whatever was before: restarts in any number, each of any length up to minutes", async () => {
    const late: string[] = [];
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = chance(seed);
      const clock = new FakeClock();
      const pauses = new Pauses(random, () => clock.monotonicMs());
      for (let outage = 0; outage < 12; outage += 1) {
        const servedMs = random() < 0.5 ? random() * 9_000 : random() * 3_600_000;
        pauses.connected();
        await clock.advance(servedMs);
        const backAtMs = clock.monotonicMs() + 1_000 + random() * (random() < 0.7 ? 10_000 : 280_000);
        const endings = [undefined, reset, shutsDown];
        let pauseMs = pauses.afterLoss({ error: endings[outage % 3], servedMs, hasRival: false });
        while (clock.monotonicMs() + pauseMs < backAtMs) {
          await clock.advance(pauseMs);
          pauseMs = pauses.nextRound(refused, false);
        }
        await clock.advance(pauseMs);
        const foundAfterMs = clock.monotonicMs() - backAtMs;
        if (foundAfterMs > 1_000) late.push(`seed ${seed}, outage ${outage}: ${foundAfterMs} ms`);
      }
    }
    expect(late).toEqual([]);
  });

  it("is not asked by forty agents in the same instant", async () => {
    const firsts = await Promise.all(
      Array.from({ length: 40 }, async (_one, index) => (await pausesAfter([lost], () => index / 40))[0] ?? 0),
    );
    expect(new Set(firsts).size).toBe(40);
    expect(Math.max(...firsts) - Math.min(...firsts)).toBeGreaterThan(500);
    expect(Math.max(...firsts)).toBeLessThan(1_000);
  });
});
