import { describe, expect, it } from "vitest";
import type { LogLevel } from "../../src/core/log/log.ts";
import type { FakeBus } from "../fakes/bus.ts";
import { settled } from "../fakes/clock.ts";
import { startHouse } from "../fakes/house.ts";

const yaml =
  "devices:\n  lamp: {kind: relay, topic: home/lamp, pin: 17}\n  pump: {kind: relay, topic: home/pump, pin: 6}\n";

/** What the agent says of itself; it says it each minute. */
async function health(bus: FakeBus): Promise<Record<string, unknown>> {
  await settled();
  return JSON.parse(bus.retained.get("pi2mqtt/test/health") ?? "{}") as Record<string, unknown>;
}

describe("a command that is refused again and again", () => {
  it("is told once, and then how often in that minute", async () => {
    const { bus, clock, log } = await startHouse(yaml);
    for (let time = 0; time < 20_000; time += 1) bus.receive("home/lamp", `nonsense ${time}`);
    expect(log.at("warn")).toMatchObject([{ device: "lamp", payload: "nonsense 0", message: "refused a command" }]);
    await clock.advance(60_000);
    expect(log.at("warn").slice(1)).toMatchObject([
      { device: "lamp", payload: "nonsense 1", times: 19_999, message: "refused more commands like this" },
    ]);
  });

  it("is told once a minute for as long as it goes on, and at once after a quiet minute", async () => {
    const { bus, clock, log } = await startHouse(yaml);
    for (let second = 0; second < 150; second += 1) {
      bus.receive("home/lamp", "nonsense");
      await clock.advance(1_000);
    }
    expect(log.at("warn").map(({ times }) => times)).toEqual([undefined, 59, 60]);
    await clock.advance(60_000);
    expect(log.at("warn").map(({ times }) => times)).toEqual([undefined, 59, 60, 30]);
    await clock.advance(60_000);
    bus.receive("home/lamp", "a new mistake");
    expect(log.at("warn").at(-1)).toMatchObject({ payload: "a new mistake", message: "refused a command" });
  });

  it("hides neither another device's nor another reason", async () => {
    const { bus, log } = await startHouse(yaml);
    for (const _time of [1, 2]) {
      bus.receive("home/lamp", "nonsense");
      bus.receive("home/pump", "nonsense");
      bus.receive("home/lamp", "on", { retained: true });
      bus.receive("pi2mqtt/test/restart", "nonsense");
    }
    expect(log.at("warn")).toHaveLength(4);
  });

  it("is told each time at debug", async () => {
    const { bus, log } = await startHouse(yaml);
    for (const payload of ["one", "two", "three"]) bus.receive("home/lamp", payload);
    const told = log.lines.filter(({ message }) => message === "refused a command");
    expect(told.map(({ level, payload }) => [level, payload])).toEqual([
      ["warn", "one"],
      ["debug", "two"],
      ["debug", "three"],
    ]);
  });

  it("leaves no timer where nothing was counted, nor after the agent's end, which tells what was", async () => {
    const { agent, bus, clock, log } = await startHouse(yaml);
    const before = clock.pending;
    bus.receive("home/lamp", "nonsense");
    expect(clock.pending).toBe(before);
    for (const _time of [1, 2, 3]) bus.receive("home/lamp", "nonsense");
    expect(clock.pending).toBe(before + 1);
    await agent.stop();
    expect(clock.pending).toBe(0);
    expect(log.at("warn").at(-1)).toMatchObject({ times: 3, message: "refused more commands like this" });
  });

  it("is counted in the agent's health, by reason", async () => {
    const { bus, clock } = await startHouse(yaml);
    expect(await health(bus)).toMatchObject({ refused: {} });
    for (const _time of [1, 2, 3]) bus.receive("home/lamp", "nonsense");
    bus.receive("home/pump", "on", { retained: true });
    bus.receive("pi2mqtt/test/restart", "PRESS", { retained: true });
    bus.receive("home/lamp/get", "", { answerTo: { topic: "home/pump/set", correlation: undefined } });
    await clock.advance(60_000);
    expect((await health(bus))["refused"]).toEqual({ invalid: 3, retained: 2, response_topic: 1 });
  });
});

it("tells once of many wishes to be answered where no answer is put", async () => {
  const { bus, clock, log } = await startHouse(yaml);
  for (let time = 0; time < 1_000; time += 1)
    bus.receive("home/lamp/get", "", { answerTo: { topic: `x${time}/set`, correlation: undefined } });
  await clock.advance(60_000);
  expect(log.at("warn")).toMatchObject([
    { response_topic: "x0/set", message: "does not answer on this topic" },
    { times: 999, message: "did not answer on more topics like this" },
  ]);
});

it("tells once of a log level that is changed to and fro, and of a new start that is asked for again and again", async () => {
  let restarts = 0;
  const controls = {
    restart: () => {
      restarts += 1;
    },
    logLevel: "info" as LogLevel,
    setLogLevel(level: LogLevel) {
      this.logLevel = level;
    },
  };
  const { bus, log } = await startHouse(yaml, { controls });
  for (let time = 0; time < 100; time += 1) {
    bus.receive("pi2mqtt/test/log_level/set", time % 2 === 0 ? "debug" : "info");
    bus.receive("pi2mqtt/test/restart", "PRESS");
  }
  expect(log.at("warn")).toHaveLength(2);
  expect([restarts, bus.retained.get("pi2mqtt/test/log_level")]).toEqual([1, "info"]);
});
