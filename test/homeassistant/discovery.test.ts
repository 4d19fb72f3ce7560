import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { onOffAppearances } from "../../src/core/entity.ts";
import { kinds } from "../fakes/kinds.ts";
import { checkDeviceMessage, checkDiscoveryTopic, checkEntityMessage } from "./documented.ts";
import { componentsOf, entitiesOf, exampleOf, type Message, messagesOf } from "./houses.ts";
import { agentTopic, lamp, own } from "./lamp.ts";

const golden = (name: string) => new URL(`golden/${name}.yaml`, import.meta.url).pathname;

const pretty = (value: unknown) => stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });

const house = `
home_assistant: {name: Office Pi, area: Office}
devices:
  office-lamp: {kind: relay, topic: home/office/lamp, pin: 17, show_as: light, name: Ceiling lamp}
  climate: {kind: dht, topic: home/office/climate, pin: 4, every: 1m}
  garden-valve: {kind: relay, topic: home/garden/valve, pin: 18, show_as: valve, area: Garden}
  boiler:
    kind: ds18b20
    topic: home/cellar/boiler
    area: Cellar
    home_assistant: {icon: mdi:water-boiler, temperature: {suggested_display_precision: 0}}
  secret: {kind: contact, topic: home/secret, pin: 5, home_assistant: {discovery: false}}
`;

describe.each(kinds)("the kind $kind in Home Assistant", (kind) => {
  const yaml = exampleOf(kind);

  it("is shown as its golden file says", async () => {
    await expect(pretty(componentsOf(yaml))).toMatchFileSnapshot(golden(kind.kind));
  });

  it("is shown by at least one entity, in the words of the documentation, in both forms", () => {
    expect(Object.keys(componentsOf(yaml)).length).toBeGreaterThan(0);
    checkAll(messagesOf(yaml));
    checkAll(messagesOf(`home_assistant: {discovery: legacy}\n${yaml}`));
  });

  it("lets Home Assistant expect a number of each value that can be null, so that it takes that for unknown", () => {
    for (const { value_template: template, p, ...component } of Object.values(componentsOf(yaml))) {
      if (p !== "sensor") continue;
      // null comes out of the template as "None", which is unknown where a number is expected (components/mqtt/sensor.py).
      expect(template).toMatch(/^\{\{ value_json\.[a-z0-9_]+ \}\}$/);
      expect(component).toHaveProperty("state_class");
    }
  });

  it("has a unique id and an entity id for each entity", () => {
    const components = Object.values(entitiesOf(yaml));
    for (const id of ["unique_id", "default_entity_id"])
      expect(new Set(components.map((component) => component[id])).size).toBe(components.length);
  });

  it("keeps its unique ids when its topic or name changes", () => {
    const uniqueIds = (text: string) => Object.values(entitiesOf(text)).map((component) => component["unique_id"]);
    expect(uniqueIds(exampleOf(kind, { topic: "quite/another", name: "Renamed" }))).toEqual(uniqueIds(yaml));
  });

  it("is unavailable when the agent or the device is", () => {
    for (const { availability, availability_mode: mode } of Object.values(entitiesOf(yaml))) {
      expect(mode).toBe("all");
      expect(availability).toEqual([
        { topic: "pi2mqtt/office-pi/status" },
        { topic: `${kind.example["topic"]}/availability` },
      ]);
    }
  });
});

/** Every message against the documentation. */
function checkAll(messages: Readonly<Record<string, Message>>): void {
  expect(Object.keys(messages).length).toBeGreaterThan(0);
  for (const [topic, message] of Object.entries(messages)) {
    checkDiscoveryTopic(topic, "homeassistant");
    const [, form = ""] = topic.split("/");
    if (form === "device") checkDeviceMessage(message);
    else checkEntityMessage(form, { ...message });
  }
}

describe("a house in Home Assistant", () => {
  it("is one message, and one more for each device with an area", async () => {
    await expect(pretty(messagesOf(house))).toMatchFileSnapshot(golden("house"));
    checkAll(messagesOf(house));
  });

  it("is a message for each entity before 2024.11, with the same ids", async () => {
    const legacy = messagesOf(`${house}`.replace("name: Office Pi", "name: Office Pi, discovery: legacy"));
    await expect(pretty(legacy)).toMatchFileSnapshot(golden("house-legacy"));
    checkAll(legacy);
    const uniqueIds = (components: readonly object[]) =>
      components.map((component) => (component as { unique_id: string }).unique_id).sort();
    const devices = Object.values(messagesOf(house)).flatMap(({ cmps }) => Object.values(cmps));
    expect(uniqueIds(Object.values(legacy))).toEqual(uniqueIds(devices));
  });

  it("goes below another prefix, by the agent's id", () => {
    const yaml = `agent: {id: Attic_2}\nhome_assistant: {prefix: ha/discovery}\n${lamp()}`;
    expect(Object.keys(messagesOf(yaml))).toEqual(["ha/discovery/device/Attic_2/config"]);
  });

  it("is not shown where discovery is false", () => {
    expect(messagesOf(`home_assistant: {discovery: false}\n${lamp()}`)).toEqual({});
  });

  it("never shows a device that its owner hides", () => {
    expect(JSON.stringify(messagesOf(house))).not.toContain("secret");
  });
});

describe("a relay in Home Assistant", () => {
  it.each(onOffAppearances)("can be shown as a %s", async (appearance) => {
    const yaml = lamp(`, show_as: ${appearance}`);
    await expect(pretty(componentsOf(yaml))).toMatchFileSnapshot(golden(`relay-as-${appearance}`));
    checkAll(messagesOf(yaml));
  });

  it("has what waits for its limits as attributes", async () => {
    const yaml = lamp(", min_off: 3m, interlock: motor").concat(
      "  other: {kind: relay, topic: other, pin: 27, interlock: motor}\n",
    );
    await expect(pretty(componentsOf(yaml))).toMatchFileSnapshot(golden("relay-with-limits"));
    checkAll(messagesOf(yaml));
  });

  it("is another component when it is shown as something else, so that the old one can be taken back", () => {
    expect(Object.keys(componentsOf(lamp()))).not.toEqual(Object.keys(componentsOf(lamp(", show_as: light"))));
  });
});

describe("a virtual device in Home Assistant", () => {
  it.each([
    ["switch", "type: switch"],
    ["select", "type: select, options: [home, away]"],
    ["number", "type: number, mode: box"],
  ])("can be a %s", async (name, options) => {
    const yaml = `devices:\n  it: {kind: virtual, topic: home/it, ${options}}\n`;
    await expect(pretty(componentsOf(yaml))).toMatchFileSnapshot(golden(`virtual-${name}`));
    checkAll(messagesOf(yaml));
  });
});

describe("a sensor in Home Assistant", () => {
  it("is unavailable five seconds after its third reading is missing", () => {
    const every = (text: string) =>
      own(`devices:\n  pi: {kind: cpu_temperature, topic: home/pi, every: ${text}}\n`)?.["expire_after"];
    expect([every("30s"), every("1m"), every("1500ms")]).toEqual([95, 185, 10]);
  });
});

describe("what the agent shows of itself", () => {
  const agentOwn = (yaml: string) => messagesOf(yaml)[agentTopic]?.cmps ?? {};
  const cpu = "devices:\n  pi: {kind: cpu_temperature, topic: home/pi}\n";

  it("steps aside where a device shows the same, under the unique id that it had", () => {
    const { cpu_temperature__sensor: alone } = agentOwn(lamp());
    const { cpu_temperature__sensor: beside } = agentOwn(cpu);
    expect(alone).not.toHaveProperty("enabled_by_default");
    expect(beside).toEqual({ ...alone, enabled_by_default: false });
    const { cpu_temperature__sensor: hidden } = agentOwn(cpu.replace("}", ", home_assistant: {discovery: false}}"));
    expect(hidden).toEqual(alone);
  });

  it("steps aside where a device measures the same", () => {
    const watching = "devices:\n  pi: {kind: system, topic: home/pi, measures: [under_voltage]}\n";
    expect(agentOwn(lamp())["under_voltage__binary_sensor"]).not.toHaveProperty("enabled_by_default");
    expect(agentOwn(watching)["under_voltage__binary_sensor"]).toMatchObject({ enabled_by_default: false });
    expect(agentOwn(watching)["cpu_temperature__sensor"]).not.toHaveProperty("enabled_by_default");
  });

  it("does not fill Home Assistant's records with what is another each minute", () => {
    expect(agentOwn(lamp())["uptime__sensor"]).toMatchObject({ enabled_by_default: false });
  });

  it("has no serial number before 2024.11: some of those refuse a device with what they do not know", () => {
    const legacy = Object.values(messagesOf(`home_assistant: {discovery: legacy}\n${lamp()}`));
    expect(legacy.length).toBeGreaterThan(5);
    for (const { dev } of legacy) expect(dev).not.toHaveProperty("sn");
    expect(messagesOf(lamp())[agentTopic]?.dev).toMatchObject({ sn: "10000000abcdef01" });
  });
});

describe("what the agent may not know", () => {
  const templates = (yaml: string) =>
    Object.values(messagesOf(yaml))
      .flatMap((message) => Object.values(message.cmps ?? { message }))
      .map(({ unique_id: id, value_template: template, device_class: deviceClass }) => ({ id, template, deviceClass }))
      .filter(({ template }) => String(template).includes("default("));

  it.each(["true", "legacy"])("is unknown, where discovery is %s, and never shown as the text None", (discovery) => {
    const perhaps = templates(`home_assistant: {discovery: ${discovery}}\n${lamp()}`);
    expect(perhaps.map(({ id }) => id)).toContain("office-pi__restart_reason");
    // Home Assistant before 2024.11 takes "None" for no value only where it expects a number, on or off.
    for (const { template, deviceClass } of perhaps)
      expect(template).toContain(deviceClass === undefined ? "default('unknown')" : "default(none)");
  });
});

describe("the documentation, as these tests have it", () => {
  const message = (change: object) => {
    const { dev, cmps, ...rest } = messagesOf(lamp())[agentTopic] as Message;
    const { lamp__relay__switch: relay } = cmps;
    return { dev, ...rest, cmps: { lamp: { ...relay, ...change } } };
  };

  it.each([
    ["an option that no platform has", { colour: "red" }],
    ["an option of another platform", { expire_after: 60 }],
    ["a platform that does not exist", { p: "lamp" }],
    ["an entity id of another platform", { default_entity_id: "light.lamp" }],
    ["a wildcard where a topic is wanted", { command_topic: "home/+/set" }],
    ["a device class that switches have not", { device_class: "door" }],
  ])("has no place for %s", (_what, change) => {
    expect(() => checkDeviceMessage(message({}))).not.toThrow();
    expect(() => checkDeviceMessage(message(change))).toThrow();
  });
});
