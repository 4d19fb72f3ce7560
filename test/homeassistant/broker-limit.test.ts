import { describe, expect, it } from "vitest";
import type { Bus } from "../../src/core/messages/bus.ts";
import { Outgoing } from "../../src/homeassistant/outgoing.ts";
import { FakeBus } from "../fakes/bus.ts";
import { FakeLog } from "../fakes/log.ts";
import { HomeAssistant } from "./home-assistant.ts";
import { houseOf } from "./houses.ts";
import { devices, deviceTopic, fan, lamp, manifestTopic, runs, start } from "./runs.ts";

const house = devices(lamp(), fan());
/** Enough for each single message and the list of what was announced, and not for the message for all. */
const mostBytes = 3_000;

describe.each([
  ["before it takes a message", false],
  ["only afterwards", true],
])("a broker with a limit that tells it %s", (_when, tellsLater) => {
  const limited = () => new FakeBus({ mostBytes, tellsLater });

  it("gets a message for each entity, and Home Assistant shows all with their states", async () => {
    const { homeAssistant: expected } = await runs(house);
    const { bus, homeAssistant, log } = await runs(limited(), house);
    expect(bus.refused).toEqual([deviceTopic]);
    expect(homeAssistant.shown).toEqual(expected.shown);
    expect(homeAssistant.withoutState).toEqual([]);
    expect(homeAssistant.warnings).toEqual([]);
    const said = log.lines.filter(({ message }) => message.startsWith("the broker does not take"));
    expect(said).toEqual([expect.objectContaining({ level: "info", topic: deviceTopic, bytes: expect.any(Number) })]);
  });

  it("is not asked again when the agent connects or starts again, nor when Home Assistant does", async () => {
    const { bus, homeAssistant } = await runs(limited(), house, house);
    bus.disconnect();
    bus.connect();
    const { clock } = await start(house, bus);
    homeAssistant.disconnect();
    homeAssistant.connect();
    await clock.advance(10_000);
    expect(bus.refused).toEqual([deviceTopic]);
    expect(bus.published.some(({ payload }) => payload.includes("migrate_discovery"))).toBe(false);
    expect(homeAssistant.forgotten).toEqual([]);
  });

  it("gets the whole message when that has become small enough, and entities are handed over", async () => {
    const large = devices(lamp(), fan(`, home_assistant: {icon: "mdi:${"x".repeat(2_000)}"}`));
    const wide = new FakeBus({ mostBytes: 6_500, tellsLater });
    const { bus, homeAssistant } = await runs(wide, large, house);
    expect(bus.refused).toEqual([deviceTopic]);
    expect(bus.retained.has(deviceTopic)).toBe(true);
    expect(homeAssistant.forgotten).toEqual([]);
    expect(homeAssistant.warnings).toEqual([]);
  });

  it("takes over what was announced before it had a limit", async () => {
    const { bus: before, homeAssistant: expected } = await runs(house);
    const bus = limited();
    for (const [topic, payload] of before.retained) bus.retained.set(topic, payload);
    const homeAssistant = new HomeAssistant(bus);
    homeAssistant.connect();
    const { clock } = await start(house, bus);
    await clock.advance(20_000);
    expect(homeAssistant.shown).toEqual(expected.shown);
    expect(bus.retained.has(deviceTopic)).toBe(false);
    expect([homeAssistant.forgotten, homeAssistant.warnings, homeAssistant.withoutState]).toEqual([[], [], []]);
  });

  it("is not told of an entity whose own message is too large, which is warned of once", async () => {
    const yaml = devices(lamp(`, home_assistant: {icon: "mdi:${"x".repeat(3_000)}"}`), fan());
    const { bus, clock, homeAssistant, log } = await runs(limited(), yaml);
    for (const _connect of ["second", "third"]) {
      bus.disconnect();
      bus.connect();
      await clock.advance(10_000);
    }
    expect(homeAssistant.shown).toContain("office-pi__fan__relay");
    expect(homeAssistant.shown).not.toContain("office-pi__lamp__relay");
    expect(log.at("warn").map(({ topic }) => topic)).toEqual([
      "homeassistant/switch/office-pi/lamp__relay__switch/config",
    ]);
  });

  it("is told in few bytes what was announced", async () => {
    const { bus } = await runs(limited(), house);
    const { bus: without } = await runs(house);
    const [bytes = 0, least = 0] = [bus, without].map(({ retained }) => retained.get(manifestTopic)?.length);
    expect(bytes - least).toBeLessThan(100);
  });

  it("may be too small for the list of what was announced, which is warned of once", async () => {
    const many = devices(
      ...[...Array(8).keys()].map((n) => `  fan-${n}: {kind: relay, topic: home/fan-${n}, pin: ${n + 2}}\n`),
    );
    const { bus, clock, homeAssistant, log } = await runs(new FakeBus({ mostBytes: 700, tellsLater }), many);
    bus.disconnect();
    bus.connect();
    await clock.advance(10_000);
    expect(homeAssistant.shown).toContain("office-pi__fan-7__relay");
    expect(bus.retained.has(manifestTopic)).toBe(false);
    expect(log.at("warn").filter(({ topic }) => topic === manifestTopic)).toHaveLength(1);
  });
});

describe("a refusal", () => {
  /** What is sent, with what the broker calls when it does not take it. */
  function outgoing() {
    const sent: { topic: string; tooLarge: () => void }[] = [];
    const refused: string[] = [];
    const publish: Bus["publish"] = (topic, _payload, { tooLarge = () => {} } = {}) =>
      void sent.push({ topic, tooLarge });
    const out = new Outgoing(houseOf(house), { publish, log: new FakeLog() }, (topic) => refused.push(topic));
    return { out, sent, refused };
  }

  it("of one message that was sent twice is one", () => {
    const { out, sent, refused } = outgoing();
    out.reset({});
    out.send({});
    out.send({});
    for (const { tooLarge } of sent) tooLarge();
    expect(sent.map(({ topic }) => topic)).toEqual([deviceTopic, deviceTopic]);
    expect(refused).toEqual([deviceTopic]);
    sent.length = 0;
    out.send({});
    for (const { tooLarge } of [...sent, ...sent]) tooLarge();
    expect(refused.slice(1)).toEqual(sent.map(({ topic }) => topic));
  });

  it("that comes when the connection is over says nothing of the next one", () => {
    const { out, sent, refused } = outgoing();
    out.reset({});
    out.send({});
    out.reset({});
    sent[0]?.tooLarge();
    expect(refused).toEqual([]);
    expect(out.announcements.map(({ topic }) => topic)).toEqual([deviceTopic]);
  });
});
