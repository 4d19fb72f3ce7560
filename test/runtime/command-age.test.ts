import { describe, expect, it } from "vitest";
import { pin as pinOption } from "../../src/core/pin.ts";
import { FakeClock } from "../fakes/clock.ts";
import { startHouse } from "../fakes/house.ts";
import { probe } from "../fakes/probe.ts";
import { FakeTree } from "../fakes/tree.ts";

const pin = 17;
/** The fake clock begins at this time. */
const start = Date.UTC(2026, 10, 22, 17);

/** A relay with these options. Its machine has no time server, so its clock counts as right. */
async function relay(options: string, parts: Parameters<typeof startHouse>[1] = {}) {
  const house = await startHouse(`devices:\n  it: {kind: relay, topic: it, pin: ${pin}, ${options}}\n`, parts);
  const { bus } = house;
  return {
    ...house,
    isOn: () => house.pins.level(pin) === 1,
    ask: (ts: unknown, expiresInMs?: number) => {
      bus.receive("it", JSON.stringify({ state: "TOGGLE", ts, id: 1 }), { expiresInMs });
      return JSON.parse(bus.on("it/result").at(-1) ?? "{}") as Record<string, unknown>;
    },
  };
}

describe("max_age", () => {
  it.each([
    ["seconds", start / 1_000 - 30],
    ["seconds with fractions", start / 1_000 - 29.5],
    ["seconds as text", String(start / 1_000 - 30)],
    ["milliseconds", start - 30_000],
    ["ISO 8601", "2026-11-22T16:59:30Z"],
    ["ISO 8601 with another zone", "2026-11-22T18:59:30.000+02:00"],
    ["a clock that is a bit ahead", start / 1_000 + 10],
    ["no time", undefined],
    ["null, where the sender does not know the time", null],
  ])("takes a command that is young enough: %s", async (_how, ts) => {
    const { ask, isOn } = await relay("max_age: 30s");
    expect(ask(ts)).toMatchObject({ accepted: true, state: "ON" });
    expect(isOn()).toBe(true);
  });

  it.each([
    ["seconds", start / 1_000 - 31],
    ["milliseconds", start - 31_000],
    ["ISO 8601", "2026-11-22T16:59:29Z"],
    ["ISO 8601 with another zone", "2026-11-22T18:59:29.000+0200"],
  ])("refuses an older one: %s", async (_how, ts) => {
    const { ask, isOn } = await relay("max_age: 30s");
    expect(ask(ts)).toEqual({
      id: 1,
      accepted: false,
      reason: "stale",
      message: "it is 31 s old, and max_age is 30 s",
      state: "OFF",
      cause: "initial",
    });
    expect(isOn()).toBe(false);
  });

  it("refuses one from the future, since nobody knows how old it is", async () => {
    const { ask, isOn } = await relay("max_age: 1d");
    expect(ask(start / 1_000 + 3_600)).toMatchObject({
      reason: "stale",
      message: "its ts is 3600 s in the future; set the clock of its sender, or of this machine",
    });
    expect(isOn()).toBe(false);
  });

  it.each(["yesterday", "2026-11-22T17:00:00", "17:00", -5, 0, true, {}, []])("refuses %j as no time", async (ts) => {
    const { ask, isOn } = await relay("max_age: 1d");
    expect(ask(ts)).toMatchObject({
      accepted: false,
      reason: "invalid",
      message: expect.stringContaining("seconds or milliseconds since 1970"),
    });
    expect(isOn()).toBe(false);
  });

  it("refuses what says its time while the machine does not know its own, and takes it afterwards", async () => {
    const clock = new FakeClock({ start: new Date(0) });
    const { ask } = await relay("max_age: 30s", { clock });
    expect(ask(start)).toMatchObject({
      reason: "stale",
      message: expect.stringContaining("does not know the time yet"),
    });
    expect(ask(undefined)).toMatchObject({ accepted: true });
    clock.setTime(new Date(start));
    await clock.advance(5_000);
    expect(ask(start)).toMatchObject({ accepted: true });
  });

  it("goes by a clock that nothing has confirmed ten minutes after the machine's start", async () => {
    const files = new FakeTree({ "/run/systemd/timesync/folder": "" });
    const { ask, clock } = await relay("max_age: 30s", { files });
    expect(ask(start)).toMatchObject({ reason: "stale" });
    await clock.advance(11 * 60_000);
    expect(ask(clock.now().getTime())).toMatchObject({ accepted: true });
    expect(ask(start)).toMatchObject({ reason: "stale" });
  });

  it("counts what it refuses in the health of the agent", async () => {
    const { ask, bus, clock } = await relay("max_age: 30s");
    ask(start - 60_000);
    await clock.advance(60_000);
    expect(JSON.parse(bus.on("pi2mqtt/test/health").at(-1) ?? "{}").refused).toEqual({ stale: 1 });
  });
});

describe("the age of a command", () => {
  it("does not matter without max_age, and its time is no part of the command", async () => {
    const { ask } = await relay("initial: off");
    expect(ask("yesterday")).toMatchObject({ accepted: true });
    expect(ask(start - 1e9)).toMatchObject({ accepted: true });
  });

  it("is over when nothing is left of its message expiry", async () => {
    const { ask } = await relay("initial: off");
    expect(ask(undefined, 0)).toMatchObject({ reason: "stale" });
    expect(ask(undefined, 1_000)).toMatchObject({ accepted: true });
  });

  it.each([
    ["its message expiry", {}, { expiresInMs: 3_000 }, 3_000],
    ["max_age", { ts: start - 27_000 }, {}, 3_000],
  ])("goes on while it waits for the command before: %s", async (_what, more, options, leftMs) => {
    let finish: () => void = () => {};
    const carriedOut: string[] = [];
    const slow = probe({
      options: { pin: pinOption("A pin.", "output") },
      setup: async () => ({
        command: (command: unknown) => {
          const { word } = command as { word: string };
          carriedOut.push(word);
          return new Promise<void>((resolve) => {
            finish = resolve;
          });
        },
      }),
    } as never);
    const yaml = `devices:\n  it: {kind: probe, topic: it, pin: ${pin}, max_age: 30s}\n`;
    const { bus, clock } = await startHouse(yaml, { kinds: [slow] });
    const send = (word: string) => bus.receive("it", JSON.stringify({ word, id: word, ...more }), options);
    bus.receive("it", '{"word":"first"}');
    send("second");
    await clock.advance(leftMs + 1);
    finish();
    await clock.advance(0);
    expect(carriedOut).toEqual(["first"]);
    expect(JSON.parse(bus.on("it/result").at(-1) ?? "{}")).toMatchObject({ id: "second", reason: "stale" });
  });
});
