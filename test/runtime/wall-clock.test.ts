import { describe, expect, it } from "vitest";
import { WallClock } from "../../src/runtime/agent/wall-clock.ts";
import { FakeClock, settled } from "../fakes/clock.ts";
import { startHouse } from "../fakes/house.ts";
import { FakeLog } from "../fakes/log.ts";
import { FakeTree } from "../fakes/tree.ts";

const mark = "/run/systemd/timesync/synchronized";
/** A machine on which systemd-timesyncd runs, whose folder has something in it. */
const withTimesyncd = (more: Readonly<Record<string, string>> = {}) =>
  new FakeTree({ "/run/systemd/timesync/folder": "", ...more });
const saved = new Date("2026-11-20T08:00:00Z");
const minutes = (count: number) => count * 60_000;

async function watching(files: FakeTree, start = saved, startMs = 0) {
  const clock = new FakeClock({ start });
  await clock.advance(startMs);
  const log = new FakeLog();
  const wall = new WallClock({ files, clock, log });
  const times: (string | null)[] = [];
  wall.onSet(() => times.push(wall.timeOf(clock.monotonicMs())));
  await wall.watch();
  return { clock, log, wall, times, now: () => wall.timeOf(clock.monotonicMs()) };
}

describe("the time of day", () => {
  it.each([
    ["a machine that no time server sets", new FakeTree()],
    ["timesyncd has left its mark", withTimesyncd({ [mark]: "" })],
    [
      "a clock with a battery shows the same",
      withTimesyncd({ "/sys/class/rtc/rtc0/since_epoch": `${saved.getTime() / 1000 + 20}\n` }),
    ],
  ])("is right at once where %s", async (_what, files) => {
    const { now, log, clock } = await watching(files);
    expect(now()).toBe("2026-11-20T08:00:00.000Z");
    expect(log.lines).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it.each([
    ["timesyncd", withTimesyncd(), "systemd-timesyncd has not set the clock"],
    [
      "timesyncd, and a clock whose battery is empty",
      withTimesyncd({ "/sys/class/rtc/rtc0/since_epoch": "12\n" }),
      "systemd-timesyncd has not set the clock",
    ],
    ["chrony", new FakeTree({ "/usr/sbin/chronyd": "" }), "nothing tells whether chronyd has set the clock"],
  ])("is not known where it is as old as the last switching off, with %s", async (_what, files, reason) => {
    const { now, log, clock, times } = await watching(files);
    expect(now()).toBeNull();
    await clock.advance(20_000);
    expect(now()).toBeNull();
    expect(log.lines).toMatchObject([{ level: "info", reason }]);
    // The time server tells: a day and 3 h have passed.
    clock.setTime(new Date("2026-11-21T11:00:00Z"));
    await clock.advance(5_000);
    expect(times).toEqual(["2026-11-21T11:00:05.000Z"]);
    expect(log.lines.slice(1)).toMatchObject([{ level: "info", message: "the time is known now" }]);
    expect(clock.pending).toBe(0);
  });

  it("is right by timesyncd's mark, also where it found the clock right", async () => {
    const files = withTimesyncd();
    const { clock, times } = await watching(files);
    files.files.set(mark, "");
    await clock.advance(5_000);
    expect(times).toEqual(["2026-11-20T08:00:05.000Z"]);
  });

  it.each([[new FakeTree()], [withTimesyncd({ [mark]: "" })]])("is never a year that cannot be", async (files) => {
    const { clock, now, log, times } = await watching(files, new Date(0));
    await clock.advance(minutes(60));
    expect(now()).toBeNull();
    expect(log.lines.map(({ level, message }) => [level, message])).toEqual([
      ["info", "the time is not known yet; until then messages have no time"],
      ["warn", "the time is still not known; messages have no time"],
    ]);
    clock.setTime(saved);
    await clock.advance(minutes(1));
    expect(times).toEqual(["2026-11-20T08:01:00.000Z"]);
  });

  it("is taken as it is after ten minutes without internet, with one warning, and put right later", async () => {
    const { clock, now, log, times } = await watching(withTimesyncd());
    await clock.advance(minutes(10) - 1);
    expect(now()).toBeNull();
    await clock.advance(5_000);
    expect(now()).not.toBeNull();
    await clock.advance(minutes(60));
    expect(log.at("warn")).toMatchObject([{ reason: "systemd-timesyncd has not set the clock" }]);
    clock.setTime(new Date("2026-11-21T11:00:00Z"));
    await clock.advance(minutes(1));
    expect(times).toEqual(["2026-11-20T08:10:00.000Z", expect.stringMatching(/^2026-11-21T11:0[01]:/)]);
    expect(clock.pending).toBe(0);
  });

  it.each([
    ["warn", withTimesyncd()],
    // Chrony may well have set it; a user without rights cannot tell.
    ["info", new FakeTree({ "/usr/sbin/chronyd": "" })],
  ])("is not waited for again by an agent that starts anew long after its machine (%s)", async (level, files) => {
    const { now, log } = await watching(files, saved, minutes(60));
    expect(now()).toBe("2026-11-20T09:00:00.000Z");
    expect(log.lines).toMatchObject([
      { level, message: "uses the time of this machine's clock, which nothing has confirmed" },
    ]);
  });

  it("is looked for no more once the agent stops", async () => {
    const { clock, wall } = await watching(withTimesyncd());
    wall.stop();
    expect(clock.pending).toBe(0);
  });
});

describe("what is published before the time is known", () => {
  const yaml = `devices:
  cellar: {kind: ds18b20, topic: home/cellar, every: 1m}
  strip: {kind: light, topic: home/strip, pin: 18}
  lamp: {kind: relay, topic: home/lamp, pin: 17}
`;
  const thermometer = { "/sys/bus/w1/devices/28-0316a2795dff/temperature": "19000\n" };

  it("has no time, and is said again with the time when it happened", async () => {
    const files = withTimesyncd(thermometer);
    const house = await startHouse(yaml, { files, clock: new FakeClock({ start: new Date(0) }) });
    const { bus, clock } = house;
    await clock.advance(2_000);
    expect(bus.retained.get("home/cellar")).toBe('{"temperature":19,"ts":null}');
    expect(bus.retained.get("home/strip/state")).toBe('{"state":"OFF","brightness":255,"ts":null}');
    expect(bus.retained.get("pi2mqtt/test/health")).toContain('"ts":null');
    await clock.advance(30_000);
    // 32 s after the start it is 9 o'clock: the reading was half a second after it.
    clock.setTime(new Date("2026-11-22T09:00:32Z"));
    const before = bus.published.length;
    await clock.advance(3_000);
    expect(bus.retained.get("home/cellar")).toBe('{"temperature":19,"ts":"2026-11-22T09:00:00.500Z"}');
    expect(bus.retained.get("home/strip/state")).toContain('"ts":"2026-11-22T09:00:00.000Z"');
    expect(bus.published.slice(before).map(({ topic }) => topic)).not.toContain("home/lamp/state");
    bus.disconnect({ forget: true });
    bus.connect();
    await settled();
    expect(bus.retained.get("home/cellar")).toBe('{"temperature":19,"ts":"2026-11-22T09:00:00.500Z"}');
    expect(bus.retained.get("pi2mqtt/test/health")).toContain('"ts":"2026-11-22T09:00:35.000Z"');
    await house.agent.stop();
    expect(clock.pending).toBe(0);
  });
});
