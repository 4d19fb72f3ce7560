import { expect, it } from "vitest";
import type { Level } from "../../src/core/hardware/gpio.ts";
import { simulatedBank } from "../../src/gpio/simulated.ts";
import { FakeClock } from "../fakes/clock.ts";

/** What a bank shows of an output that is switched, and of an input that is driven from outside. */
async function used(bank: ReturnType<typeof simulatedBank>) {
  const edges: Level[] = [];
  const output = await bank.output(17, { initial: 0, keep: false });
  const onEdge = ({ level }: { level: Level }) => edges.push(level);
  const input = await bank.input(4, { pull: "up", debounceMs: 0, onEdge, onError: () => {} });
  const seen: Level[] = [];
  for (const level of [1, 1, 0, 1] as const) {
    output.write(level);
    bank.drive(4, level);
    seen.push(output.read(), input.read(), bank.level(17));
  }
  return { edges, seen };
}

it("remembers each change of a pin for a test", async () => {
  const bank = simulatedBank(new FakeClock());
  await used(bank);
  expect([bank.history(17), bank.history(4), bank.history(5)]).toEqual([[0, 1, 0, 1], [1, 0, 1], []]);
});

it("keeps one level of each pin where it need not remember, and works in the same way", async () => {
  const bank = simulatedBank(new FakeClock(), { remembers: false });
  const seen = await used(bank);
  expect([bank.history(17), bank.history(4), bank.history(5)]).toEqual([[1], [1], []]);
  expect(seen).toEqual(await used(simulatedBank(new FakeClock())));
  expect(seen.edges).toEqual([0, 1]);
});
