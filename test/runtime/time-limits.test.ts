import { describe, expect, it } from "vitest";
import { TimeLimits } from "../../src/runtime/device/time-limits.ts";
import { FakeClock, settled } from "../fakes/clock.ts";

/** Tasks that a test ends, and what has become of each: its result, or the words of its error. */
function tasks(clock = new FakeClock()) {
  const limits = new TimeLimits(clock);
  const became: Record<string, unknown> = {};
  const begin = (name: string, limitMs: number) => {
    let end: (result: string) => void = () => {};
    let fail: (error: Error) => void = () => {};
    const task = new Promise<string>((resolve, reject) => {
      [end, fail] = [resolve, reject];
    });
    void limits
      .within(limitMs, task, () => `${name} took too long`)
      .then(
        (result) => (became[name] = result),
        (error: Error) => (became[name] = error.message),
      );
    return { end, fail };
  };
  return { clock, became, begin };
}

describe("time limits", () => {
  it("end tasks that take too long, each at its own time", async () => {
    const { clock, became, begin } = tasks();
    begin("first", 10_000);
    await clock.advance(400);
    begin("second", 10_000);
    begin("patient", 20_000);
    await clock.advance(9_600);
    expect(became).toEqual({ first: "first took too long" });
    await clock.advance(399);
    expect(Object.keys(became)).toEqual(["first"]);
    await clock.advance(1);
    expect(became["second"]).toBe("second took too long");
    await clock.advance(10_000);
    expect(became["patient"]).toBe("patient took too long");
    expect(clock.pending).toBe(0);
  });

  it("leave tasks alone that end in time, and run no timer without a task", async () => {
    const { clock, became, begin } = tasks();
    const [good, bad] = [begin("good", 10_000), begin("bad", 10_000)];
    const late = begin("late", 10_000);
    good.end("21.5");
    bad.fail(new Error("no answer"));
    await settled();
    expect([became, clock.pending]).toEqual([{ good: "21.5", bad: "no answer" }, 1]);
    await clock.advance(10_000);
    late.end("22");
    await settled();
    expect(became["late"]).toBe("late took too long");
    expect(clock.pending).toBe(0);
  });

  it("need one timer for all tasks of a beat", async () => {
    const { clock, became, begin } = tasks();
    const all = Array.from({ length: 100 }, (_one, index) => begin(`${index}`, 10_000));
    expect(clock.pending).toBe(1);
    for (const { end } of all) end("ok");
    await settled();
    expect([Object.keys(became).length, clock.pending]).toEqual([100, 0]);
  });

  it("hold where timers run a hair early", async () => {
    const { clock, became, begin } = tasks(new FakeClock({ earlyMs: () => 0.7 }));
    begin("first", 10_000);
    await clock.advance(0.5);
    begin("second", 10_000);
    await clock.advance(10_001);
    expect(Object.keys(became)).toEqual(["first", "second"]);
    expect(clock.pending).toBe(0);
  });
});
