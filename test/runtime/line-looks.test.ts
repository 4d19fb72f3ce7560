import { expect, test } from "vitest";
import { LineLooks } from "../../src/runtime/pins/line-looks.ts";
import { FakeClock } from "../fakes/clock.ts";

function bench() {
  const clock = new FakeClock();
  const looks = new LineLooks(clock, 2_000);
  const seen: string[] = [];
  const join = (name: string) => looks.join(() => seen.push(`${name} ${clock.monotonicMs()}`));
  return { clock, looks, seen, join };
}

test("each line is looked at again and again, those that were claimed together in one turn", async () => {
  const { clock, seen, join } = bench();
  join("lamp");
  await clock.advance(60);
  join("pump");
  await clock.advance(4_000);
  expect(seen).toEqual(["lamp 2000", "pump 2000", "lamp 4000", "pump 4000"]);
});

test("a line that was claimed long after the others is looked at after its own pause", async () => {
  const { clock, seen, join } = bench();
  join("lamp");
  await clock.advance(500);
  join("pump");
  await clock.advance(2_000);
  expect(seen).toEqual(["lamp 2000", "pump 2500"]);
});

test("a line that was given back is looked at no more, also where that happens in the turn of the others", async () => {
  const { clock, looks, seen, join } = bench();
  const end = looks.join(() => endOther());
  const endOther = join("pump");
  join("lamp");
  await clock.advance(2_000);
  end();
  await clock.advance(2_000);
  expect(seen).toEqual(["lamp 2000", "lamp 4000"]);
});

test("where all lines were given back, nothing wakes the machine, and a new line is looked at after a whole pause", async () => {
  const { clock, seen, join } = bench();
  join("lamp")();
  await clock.advance(10_000);
  expect(seen).toEqual([]);
  join("pump");
  await clock.advance(2_000);
  expect(seen).toEqual(["pump 12000"]);
});
