import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { z } from "zod";
import { toldEvents } from "../../src/core/events.ts";
import type { DeviceKind } from "../../src/core/kind.ts";
import { FakeBus } from "../fakes/bus.ts";
import { kinds } from "../fakes/kinds.ts";
import { translatedTypes } from "./documented/trigger.ts";
import { checkDeviceMessage, checkTriggers } from "./documented.ts";
import { HomeAssistant } from "./home-assistant.ts";
import { componentsOf, exampleOf, type Message, messagesOf } from "./houses.ts";
import { devices, deviceTopic, lamp, legacy, manifestTopic, runs, start } from "./runs.ts";

const bell = (more = "") => `  bell: {kind: button, topic: home/bell, pin: 5${more}}\n`;
const both = ["bell: button_double_press", "bell: button_long_press", "bell: button_long_release"];
const all = [...both, "bell: button_short_press"];
const triggersOf = (yaml: string) =>
  Object.values(componentsOf(yaml)).flatMap(({ p, ...trigger }) => (p === "device_automation" ? [trigger] : []));

describe.each(kinds.filter(({ events }) => events !== undefined))(
  "the events of the kind $kind",
  (kind: DeviceKind) => {
    const told = toldEvents(kind, z.object(kind.options).parse(kind.example));

    it("are among those that the kind has, with their types", () => {
      for (const [event, types] of Object.entries(told)) {
        expect(types.length).toBeGreaterThan(0);
        expect(kind.events?.[event]).toEqual(expect.arrayContaining([...types]));
      }
    });

    it("are each an entity with a topic of its own and the types that are told", () => {
      for (const event of Object.keys(kind.events ?? {}))
        expect(componentsOf(exampleOf(kind))[`it__${event}__event`]).toMatchObject({
          state_topic: `${kind.example["topic"]}/${event}`,
          unique_id: `office-pi__it__${event}`,
        });
    });

    it("are each a trigger for each type, on the event's topic, which only that type sets off", () => {
      const triggers = triggersOf(exampleOf(kind));
      expect(triggers.map(({ topic, payload }) => `${topic} ${payload}`)).toEqual(
        Object.entries(told).flatMap(([event, types]) =>
          types.map((type) => `${kind.example["topic"]}/${event} ${type}`),
        ),
      );
      for (const trigger of triggers) expect(trigger["value_template"]).toBe("{{ value_json.event_type }}");
    });
  },
);

describe("a button in Home Assistant", () => {
  it("offers its presses in words that Home Assistant translates", () => {
    const triggers = triggersOf(devices(bell(", presses: 3")));
    expect(triggers).toHaveLength(5);
    for (const { type } of triggers) expect(translatedTypes).toContain(type);
  });

  it.each([
    ["presses: 1", ["single", "long", "long_release"]],
    ["presses: 3", ["single", "double", "triple", "long", "long_release"]],
    ["long_time: 0ms", ["single", "double"]],
  ])("has only what can happen: %s", (option, types) => {
    const components = componentsOf(devices(bell(`, ${option}`)));
    expect(components["bell__action__event"]).toMatchObject({ event_types: types, device_class: "button" });
    expect(triggersOf(devices(bell(`, ${option}`))).map(({ payload }) => payload)).toEqual(types);
  });

  it.each(["", legacy])("tells of each press once, and sets off its trigger %s", async (section) => {
    const { bus, homeAssistant } = await runs(
      section + devices(bell(), bell().replaceAll("bell", "knob").replace("5", "6")),
    );
    homeAssistant.read();
    bus.publish("home/bell/action", '{"event_type":"double"}', { retain: false });
    bus.publish("home/knob/action", '{"event_type":"single"}', { retain: false });
    homeAssistant.read();
    expect(homeAssistant.events).toEqual(["office-pi__bell__action: double", "office-pi__knob__action: single"]);
    expect(homeAssistant.setOff).toEqual(["bell: button_double_press", "knob: button_short_press"]);
    expect(homeAssistant.warnings).toEqual([]);
  });

  it("is as its owner wants: of another class, or without events and their triggers", () => {
    const asBell = componentsOf(devices(bell(", home_assistant: {action: {device_class: doorbell, icon: mdi:bell}}")));
    expect(asBell["bell__action__event"]).toMatchObject({ device_class: "doorbell", icon: "mdi:bell" });
    const hidden = componentsOf(devices(bell(", home_assistant: {action: {discovery: false}}")));
    expect(Object.keys(hidden)).toEqual(["bell__pressed__binary_sensor"]);
    expect(componentsOf(devices(bell(", home_assistant: {discovery: false}")))).toEqual({});
  });

  it("has triggers that no option of an entity gets into", () => {
    const yaml = devices(bell(", home_assistant: {icon: mdi:bell, enabled_by_default: false, name: Bell}"));
    expect(triggersOf(yaml)).toEqual(triggersOf(devices(bell())));
  });
});

describe("the triggers of a device", () => {
  it.each([
    ["it is taken out", devices(lamp(), bell()), devices(lamp()), []],
    ["it is taken out before 2024.11", legacy + devices(lamp(), bell()), legacy + devices(lamp()), []],
    ["it is hidden", devices(bell()), devices(bell(", home_assistant: {discovery: false}")), []],
    [
      "there are no double presses any more",
      devices(bell()),
      devices(bell(", presses: 1")),
      [...both.slice(1), all[3]],
    ],
    ["it had an area, and is taken out", devices(lamp(), bell(", area: Hall")), devices(lamp()), []],
    ["another goes with a change of the form", devices(lamp(), bell()), legacy + devices(bell()), all],
    ["the form changes", devices(bell()), legacy + devices(bell()), all],
    ["the form changes back", legacy + devices(bell()), devices(bell()), all],
    ["it gets an area", devices(lamp(), bell()), devices(lamp(), bell(", area: Hall")), all],
    ["its topic changes", devices(bell()), devices(bell().replace("home/bell", "home/door/bell")), all],
  ])("are right when %s", async (_what, before, after, expected) => {
    const { homeAssistant, bus } = await runs(before, after);
    expect(homeAssistant.triggers).toEqual(expected);
    expect(homeAssistant.warnings).toEqual([]);
    const announced = JSON.parse(bus.retained.get(manifestTopic) ?? "").announced as Record<string, object>;
    const kept = JSON.stringify(Object.values(announced));
    expect(kept.match(/:"device_automation"/g) ?? []).toHaveLength(expected.length);
  });

  it.each(["", legacy])(
    "that went while Home Assistant was away are not told of again when it comes %s",
    async (section) => {
      const { bus, homeAssistant } = await runs(section + devices(lamp(), bell()));
      homeAssistant.read();
      homeAssistant.shutDown();
      const { clock } = await start(section + devices(lamp()), bus);
      await clock.advance(10_000);
      const before = bus.published.length;
      homeAssistant.connect();
      await clock.advance(10_000);
      expect(homeAssistant.triggers).toEqual([]);
      expect(homeAssistant.warnings).toEqual([]);
      expect(homeAssistant.list).toEqual(homeAssistant.shown);
      const again = bus.published.slice(before).filter(({ payload }) => payload.includes("automation_type"));
      expect(again).toEqual([]);
      homeAssistant.shutDown();
      homeAssistant.connect();
      await clock.advance(10_000);
      expect(JSON.stringify([...bus.retained])).not.toContain("bell");
    },
  );

  it("are taken back by a later start too, from the manifest that the broker has", async () => {
    const bus = new FakeBus();
    const homeAssistant = new HomeAssistant(bus, { isOld: true });
    const first = await start(legacy + devices(lamp(), bell()), bus);
    await first.clock.advance(10_000);
    expect(homeAssistant.triggers).toEqual(all);
    first.announcer.stop();
    const second = await start(legacy + devices(lamp()), bus);
    await second.clock.advance(10_000);
    expect(homeAssistant.triggers).toEqual([]);
    expect([...bus.retained.keys()].filter((topic) => topic.includes("device_automation"))).toEqual([]);
  });

  it("are announced one by one where the broker takes no large message", async () => {
    const bus = new FakeBus({ mostBytes: 4_000 });
    const homeAssistant = new HomeAssistant(bus);
    const { clock } = await start(devices(lamp(), bell()), bus);
    await clock.advance(10_000);
    expect(bus.refused).toContain(deviceTopic);
    expect(homeAssistant.triggers).toEqual(all);
    expect(homeAssistant.warnings).toEqual([]);
  });
});

describe("the documentation of triggers, as these tests have it", () => {
  const message = (change: object) => {
    const { dev, cmps, ...rest } = messagesOf(devices(bell()))[deviceTopic] as Message;
    const { bell__action_single__device_automation: trigger } = cmps;
    return { dev, ...rest, cmps: { bell: { ...trigger, ...change } } };
  };

  it.each([
    ["a unique id", { unique_id: "bell" }],
    ["a name", { name: "Bell" }],
    ["availability", { availability: [] }],
    ["another automation type", { automation_type: "condition" }],
    ["a topic with a wildcard", { topic: "home/+" }],
    ["no subtype", { subtype: undefined }],
  ])("has no place for %s", (_what, change) => {
    expect(() => checkDeviceMessage(message({}))).not.toThrow();
    expect(() => checkDeviceMessage(message(change))).toThrow();
  });

  it("has no place for two triggers of one name at one device", () => {
    const trigger = { type: "button_short_press", subtype: "bell" };
    expect(() => checkTriggers([trigger, { ...trigger, type: "button_long_press" }])).not.toThrow();
    expect(() => checkTriggers([trigger, trigger])).toThrow("two triggers");
  });
});

it("many buttons of one machine have triggers that can be told apart", () => {
  const some = Object.fromEntries([5, 6, 12].map((pin) => [`b${pin}`, { kind: "button", topic: `b${pin}`, pin }]));
  const { cmps } = messagesOf(stringify({ devices: some }))[deviceTopic] as Message;
  expect(() => checkTriggers(Object.values(cmps))).not.toThrow();
});
