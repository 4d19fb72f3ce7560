import { describe, expect, it } from "vitest";
import { startHouse } from "../fakes/house.ts";
import { componentsOf } from "./houses.ts";

const neighbours = `
  air: {kind: dht, topic: air, pin: 4}
  one: {kind: relay, topic: one, pin: 17}
  two: {kind: relay, topic: two, pin: 27}
`;

const devices = {
  strip: "kind: light, pin: 18",
  rgb: "kind: light, red_pin: 12, green_pin: 13, blue_pin: 18",
  rgbw: "kind: light, red_pin: 12, green_pin: 13, blue_pin: 18, white_pin: 19",
  cct: "kind: light, cold_white_pin: 12, warm_white_pin: 13, cold_white_color_temperature: 5000, warm_white_color_temperature: 2500",
  lamp: "kind: light, output_pin: 5",
  fan: "kind: fan, pin: 18, speed_count: 3",
  siren: "kind: siren, pin: 20",
  servo: "kind: servo, pin: 18",
  number: "kind: virtual, type: number, min_value: 5, max_value: 25, step: 0.5",
  select: 'kind: virtual, type: select, options: [home, Far Away, "1.0", "true"]',
  switch: "kind: virtual, type: switch",
  knob: "kind: rotary, pin_a: 23, pin_b: 24, min_value: 0, max_value: 100, step: 5",
  thermostat: "kind: thermostat, sensor: air.temperature, heater: one, cooler: two, presets: {away: 17}",
  hygrostat: "kind: hygrostat, sensor: air.humidity, humidifier: one, dehumidifier: two, presets: {away: 40}",
  blind: "kind: cover, open_pin: 22, close_pin: 23, open_time: 20s",
  slats: "kind: cover, open_pin: 22, close_pin: 23, open_time: 20s, tilt_time: 4s, calibrate_at_start: close",
  buzzer: "kind: relay, pin: 6, show_as: siren",
  ventilator: "kind: relay, pin: 6, show_as: fan",
  strike: "kind: relay, pin: 6, show_as: button, pulse: 3s",
  tap: "kind: relay, pin: 6, show_as: valve",
  lock: "kind: relay, pin: 6, show_as: lock",
};

const topicOf = (yaml: string, option: string) =>
  Object.entries(componentsOf(yaml))
    .filter(([id]) => id.startsWith("it__"))
    .map(([, component]) => component[option])
    .find((topic) => topic !== undefined);

/** What Home Assistant publishes for each act of a person, in order, and what the device says after it (homeassistant/components/mqtt). */
const acts: readonly (readonly [keyof typeof devices, string, string, string | object])[] = [
  ["strip", "command_topic", '{"state":"ON"}', { state: "ON" }],
  ["strip", "command_topic", '{"state":"ON","brightness":100,"transition":2.0}', { state: "ON" }],
  ["strip", "command_topic", '{"state":"ON","flash":2}', { state: "ON" }],
  ["strip", "command_topic", '{"state":"ON","flash":10}', { state: "ON" }],
  ["strip", "command_topic", '{"state":"ON","effect":"candle"}', { state: "ON", effect: "candle" }],
  ["strip", "command_topic", '{"state":"ON","effect":"none"}', { state: "ON", effect: "none" }],
  ["strip", "command_topic", '{"state":"OFF","transition":0.0}', { state: "OFF" }],
  [
    "rgb",
    "command_topic",
    '{"state":"ON","color":{"r":10,"g":20,"b":30},"brightness":50}',
    { state: "ON", brightness: 50, color_mode: "rgb", color: { r: 10, g: 20, b: 30 } },
  ],
  [
    "rgbw",
    "command_topic",
    '{"state":"ON","color":{"r":0,"g":0,"b":0,"w":255}}',
    { state: "ON", color_mode: "rgbw", color: { r: 0, g: 0, b: 0, w: 255 } },
  ],
  [
    "cct",
    "command_topic",
    '{"state":"ON","color_temp":3000}',
    { state: "ON", color_mode: "color_temp", color_temp: 3000 },
  ],
  ["cct", "command_topic", '{"state":"ON","color_temp":2500}', { state: "ON", color_temp: 2500 }],
  ["lamp", "command_topic", '{"state":"ON"}', { state: "ON" }],
  ["lamp", "command_topic", '{"state":"OFF"}', { state: "OFF" }],
  ["fan", "command_topic", "ON", { state: "ON", speed: 3 }],
  ["fan", "percentage_command_topic", "1", { state: "ON", speed: 1 }],
  ["fan", "percentage_command_topic", "0", { state: "OFF", speed: 0 }],
  ["fan", "command_topic", "ON", { state: "ON", speed: 1 }],
  ["fan", "command_topic", "OFF", { state: "OFF" }],
  ["siren", "command_topic", '{"state":"ON"}', { state: "ON", tone: "steady" }],
  ["siren", "command_topic", '{"state":"ON","tone":"fast","duration":5}', { state: "ON", tone: "fast", duration: 5 }],
  ["siren", "command_topic", '{"state":"OFF"}', { state: "OFF" }],
  ["servo", "command_topic", "90", { angle: 90 }],
  ["servo", "command_topic", "0", { angle: 0 }],
  ["number", "command_topic", "20", { value: 20 }],
  ["number", "command_topic", "20.5", { value: 20.5 }],
  ["select", "command_topic", "Far Away", { value: "Far Away" }],
  ["select", "command_topic", "1.0", { value: "1.0" }],
  ["select", "command_topic", "true", { value: "true" }],
  ["switch", "command_topic", "ON", "ON"],
  ["switch", "command_topic", "OFF", "OFF"],
  ["knob", "command_topic", "35", { position: 35 }],
  ["thermostat", "mode_command_topic", "heat_cool", { mode: "heat_cool" }],
  ["thermostat", "temperature_command_topic", "22.5", { target: 22.5 }],
  ["thermostat", "preset_mode_command_topic", "away", { preset: "away", target: 17 }],
  ["thermostat", "preset_mode_command_topic", "none", { preset: "none", target: 22.5 }],
  ["thermostat", "mode_command_topic", "off", { mode: "off" }],
  ["hygrostat", "command_topic", "on", { mode: "on" }],
  ["hygrostat", "target_humidity_command_topic", "55", { target: 55 }],
  ["hygrostat", "mode_command_topic", "away", { preset: "away", target: 40 }],
  ["hygrostat", "mode_command_topic", "none", { preset: "none", target: 55 }],
  ["hygrostat", "command_topic", "off", { mode: "off" }],
  ["blind", "command_topic", "OPEN", { state: "opening" }],
  ["blind", "command_topic", "STOP", { state: "open" }],
  ["blind", "command_topic", "CLOSE", { state: "closing" }],
  ["blind", "command_topic", "STOP", { state: null }],
  ["slats", "set_position_topic", "33", { state: "opening" }],
  ["slats", "command_topic", "STOP", { state: "closed" }],
  ["slats", "tilt_command_topic", "100", { state: "opening" }],
  ["slats", "tilt_command_topic", "STOP", { state: "closed" }],
  ["slats", "tilt_command_topic", "0", { state: "closing" }],
  ["buzzer", "command_topic", '{"state":"ON","on_time":5}', "ON"],
  ["buzzer", "command_topic", '{"state":"OFF"}', "OFF"],
  ["ventilator", "command_topic", "ON", "ON"],
  ["strike", "command_topic", "ON", "ON"],
  ["tap", "command_topic", "ON", "ON"],
  ["lock", "command_topic", "OFF", "OFF"],
];

describe.each(Object.keys(devices) as (keyof typeof devices)[])(
  "a person who moves the %s in Home Assistant",
  (name) => {
    it("gets what is wanted", async () => {
      const yaml = `devices:${neighbours}  it: {topic: home/it, ${devices[name]}}\n`;
      const { bus, log, clock, agent } = await startHouse(yaml);
      await clock.advance(60_000);
      for (const [, option, payload, expected] of acts.filter(([device]) => device === name)) {
        bus.receive(String(topicOf(yaml, option)), payload);
        await clock.advance(1_000);
        const said = bus.retained.get("home/it/state") ?? bus.retained.get("home/it");
        const state = said?.startsWith("{") ? JSON.parse(said) : said;
        expect(state, payload).toEqual(typeof expected === "string" ? expected : expect.objectContaining(expected));
      }
      expect(log.lines.filter(({ message }) => message === "refused a command")).toEqual([]);
      await agent.stop();
    });
  },
);
