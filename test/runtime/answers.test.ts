import { describe, expect, it } from "vitest";
import { Refusal } from "../../src/core/refusal.ts";
import { settled } from "../fakes/clock.ts";
import { startHouse } from "../fakes/house.ts";
import { probe } from "../fakes/probe.ts";

const lamp = "devices:\n  lamp: {kind: relay, topic: home/lamp, pin: 17}\n";
const door = "devices:\n  door: {kind: contact, topic: home/door, pin: 5}\n";

describe("a command with an id", () => {
  it("is answered with the state after it", async () => {
    const { bus } = await startHouse(lamp);
    bus.receive("home/lamp/set", '{"state":"ON","id":"42"}');
    expect(bus.published.at(-1)).toEqual({
      topic: "home/lamp/result",
      payload: '{"id":"42","accepted":true,"state":"ON","cause":"mqtt"}',
      retain: false,
    });
    bus.receive("home/lamp", '{"state":"OFF","id":7}');
    expect(JSON.parse(bus.on("home/lamp/result").at(-1) ?? "")).toEqual({
      id: 7,
      accepted: true,
      state: "OFF",
      cause: "mqtt",
    });
  });

  it.each([
    ['{"state":"maybe","id":"1"}', false, "invalid", "say on, off or toggle, 1 or 0, true or false"],
    ['{"state":"ON","id":"1"}', true, "retained", "it is retained, so it may be old; publish commands without retain"],
  ])("is told why it was refused: %s", async (payload, retained, reason, message) => {
    const { bus, pins } = await startHouse(lamp);
    bus.receive("home/lamp", payload, { retained });
    const answer = { id: "1", accepted: false, reason, message, state: "OFF", cause: "initial" };
    expect(JSON.parse(bus.on("home/lamp/result").at(-1) ?? "")).toEqual(answer);
    expect(pins.level(17)).toBe(0);
  });

  it("is refused, and ends nothing, where its schema stumbles over what somebody sent", async () => {
    const command = {
      safeParse: (sent: unknown) => ({ success: true as const, data: `${(sent as { word: string }).word}` }),
    };
    const kinds = [
      probe({
        command,
        setup: async (_options, context) => {
          context.report("here");
          return { command() {} };
        },
      }),
    ];
    const { bus } = await startHouse("devices:\n  it: {kind: probe, topic: it}\n", { kinds });
    bus.receive("it", '{"word":{"toString":1},"id":1}');
    bus.receive("it", '{"word":"fine","id":2}');
    const message = "it is not a command that this device understands";
    expect(bus.on("it/result").map((text) => JSON.parse(text))).toEqual([
      { id: 1, accepted: false, reason: "invalid", message, state: "here", cause: "device" },
      { id: 2, accepted: true, state: "here", cause: "device" },
    ]);
  });

  it("is told that the device is offline, or could not do it", async () => {
    let isBroken = false;
    const kinds = [
      probe({
        setup: async (_options, context) => {
          if (isBroken) throw new Error("no hardware");
          context.report("here");
          return {
            command: () => {
              isBroken = true;
              throw new Error("it broke");
            },
          };
        },
      }),
    ];
    const { bus } = await startHouse("devices:\n  it: {kind: probe, topic: it}\n", { kinds });
    const answers = () => bus.on("it/result").map((payload) => JSON.parse(payload) as Record<string, unknown>);
    bus.receive("it", '{"word":"go","id":"a"}');
    await settled();
    bus.receive("it", '{"word":"go","id":"b"}');
    expect(answers()).toMatchObject([
      { id: "a", accepted: false, reason: "failed", message: "it broke" },
      { id: "b", accepted: false, reason: "offline" },
    ]);
    expect(bus.retained.get("it/availability")).toBe("offline");
  });

  it("is told what the device will not do, and the device goes on", async () => {
    const kinds = [
      probe({
        setup: async (_options, context) => {
          context.report("here");
          return {
            command: () => {
              throw new Refusal("interlock", "the other one is on");
            },
          };
        },
      }),
    ];
    const { bus } = await startHouse("devices:\n  it: {kind: probe, topic: it}\n", { kinds });
    bus.receive("it", '{"word":"go","id":"a"}');
    const answer = {
      id: "a",
      accepted: false,
      reason: "interlock",
      message: "the other one is on",
      state: "here",
      cause: "device",
    };
    expect(JSON.parse(bus.on("it/result").at(-1) ?? "")).toEqual(answer);
    expect(bus.retained.get("it/availability")).toBe("online");
  });
});

describe("a command with a response topic", () => {
  it("is answered there, with its correlation data", async () => {
    const { bus } = await startHouse(lamp);
    const correlation = new Uint8Array([1, 2, 3]);
    bus.receive("home/lamp", "on", { answerTo: { topic: "asker/inbox", correlation } });
    expect(bus.published.at(-1)).toEqual({
      topic: "asker/inbox",
      payload: '{"accepted":true,"state":"ON","cause":"mqtt"}',
      retain: false,
      correlation,
    });
    expect(bus.on("home/lamp/result")).toEqual([]);
  });
});

describe("a response topic", () => {
  const house =
    "devices:\n  lamp: {kind: relay, topic: home/lamp, pin: 17}\n  pump: {kind: relay, topic: home/pump, pin: 6}\n";
  const correlation = new Uint8Array([1]);

  it.each([
    ["another device's commands", "home/pump"],
    ["whatever may be another's commands", "zigbee2mqtt/pump/set"],
    ["what a device says", "home/lamp/state"],
    ["what the agent says", "pi2mqtt/test/status"],
    ["what another agent hears", "pi2mqtt/cellar/restart"],
    ["what Home Assistant is told", "homeassistant/switch/it/config"],
    ["the broker's own", "$SYS/broker"],
    ["none", ""],
    ["a wildcard", "asker/#"],
    ["deeper than brokers allow", `a${"/b".repeat(200)}`],
  ])("that is %s is not written to: %s", async (_what, topic) => {
    const { bus, log, pins } = await startHouse(house);
    const before = bus.published.length;
    bus.receive("home/lamp/get", "", { answerTo: { topic, correlation } });
    bus.receive("home/lamp", '{"state":"ON","id":"1"}', { answerTo: { topic, correlation } });
    expect(bus.published.slice(before).filter((message) => message.retain === false)).toEqual([
      {
        topic: "home/lamp/result",
        payload: '{"id":"1","accepted":true,"state":"ON","cause":"mqtt"}',
        retain: false,
        correlation,
      },
    ]);
    expect(log.at("warn")).toMatchObject([{ message: "does not answer on this topic" }]);
    expect([pins.level(17), pins.level(6)]).toEqual([1, 0]);
  });

  it("may be a result topic of the agent's", async () => {
    const { bus } = await startHouse(house);
    bus.receive("home/lamp", "on", { answerTo: { topic: "home/pump/result", correlation } });
    expect(bus.on("home/pump/result")).toEqual(['{"accepted":true,"state":"ON","cause":"mqtt"}']);
  });
});

describe("an id", () => {
  it.each([
    [' {"state":"ON","id":"a"}', "a"],
    ['\ufeff{"state":"ON","id":7}', 7],
  ])("is found in %j", async (payload, id) => {
    const { bus } = await startHouse(lamp);
    bus.receive("home/lamp", payload);
    expect(JSON.parse(bus.on("home/lamp/result").at(-1) ?? "{}")).toMatchObject({ id, accepted: true });
  });

  it.each(["12345678901234567890", "1e999", "1.5", "[1]", "null"])(
    "that could not come back as it was is none: %s",
    async (id) => {
      const { bus } = await startHouse(lamp);
      bus.receive("home/lamp", `{"state":"ON","id":${id}}`);
      expect(bus.on("home/lamp/result")).toEqual([]);
      expect(bus.on("home/lamp/state").at(-1)).toBe("ON");
    },
  );
});

it("tells why a state that is no word is refused", async () => {
  const { bus } = await startHouse(lamp);
  for (const state of ['{"toString":1,"valueOf":1}', '[["toggle"]]', "null"]) {
    bus.receive("home/lamp", `{"state":${state},"id":"1"}`);
    const answer = { accepted: false, reason: "invalid", message: "say on, off or toggle, 1 or 0, true or false" };
    expect(JSON.parse(bus.on("home/lamp/result").at(-1) ?? "{}")).toMatchObject(answer);
  }
});

it("answers nobody who did not ask", async () => {
  const { bus } = await startHouse(lamp);
  bus.receive("home/lamp", "on");
  bus.receive("home/lamp", '{"state":"OFF"}');
  bus.receive("home/lamp", "nonsense");
  expect(bus.on("home/lamp/result")).toEqual([]);
});

describe("an empty message on <topic>/get", () => {
  it("makes the device say its state again, also one that takes no commands", async () => {
    const { bus } = await startHouse(door);
    const before = bus.on("home/door").length;
    bus.receive("home/door/get", "");
    expect(bus.on("home/door")).toHaveLength(before + 1);
    expect(bus.on("home/door").at(-1)).toBe(bus.on("home/door").at(-2));
  });

  it("is answered on the response topic alone where there is one", async () => {
    const { bus } = await startHouse(lamp);
    const before = bus.on("home/lamp/state").length;
    bus.receive("home/lamp/get", "", { answerTo: { topic: "asker/inbox", correlation: undefined } });
    const payload = '{"accepted":true,"state":"OFF","cause":"initial"}';
    expect(bus.published.at(-1)).toMatchObject({ topic: "asker/inbox", payload, retain: false });
    expect(bus.on("home/lamp/state")).toHaveLength(before);
  });

  it("is not heard where it is retained", async () => {
    const { bus } = await startHouse(lamp);
    const before = bus.published.length;
    bus.receive("home/lamp/get", "", { retained: true });
    expect(bus.published).toHaveLength(before);
  });
});
