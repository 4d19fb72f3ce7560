import type { DeviceSettings } from "../../src/core/device-settings.ts";
import { wiringPicture } from "../../src/wiring/picture/picture.ts";
import { blind, device, dimmer, office } from "./devices.ts";
import { all, type Element, parseXml } from "./drawn.ts";

export const interfaces = [
  { name: "I2C", pins: [2, 3] },
  { name: "UART", pins: [14, 15] },
];

export const draw = (devices: readonly DeviceSettings[]) => parseXml(wiringPicture(devices, interfaces, "office-pi"));

export const texts = (devices: readonly DeviceSettings[]) => all(draw(devices), "text").map(({ text }) => text);

export const wiresOf = (picture: Element) =>
  all(picture, "path").filter(({ attributes }) => attributes["stroke-width"] === "2.5");

export const connections = (devices: readonly DeviceSettings[]) =>
  all(draw(devices), "desc")[0]?.text.replace(/\.$/, "").split("; ");

export const resistors = (devices: readonly DeviceSettings[]) =>
  all(draw(devices), "g").filter(({ attributes }) => attributes["class"] === "resistor");

export const lowRelay = (pin: number) => device(`relay-${pin}`, "relay", { pin, active_low: true });

export const houses: Record<string, readonly DeviceSettings[]> = {
  office,
  "nothing at all": [],
  "eight relays, four contacts and two sensors": [
    ...[17, 27, 22, 5, 6, 13, 19, 26].map(lowRelay),
    ...[18, 23, 24, 25].map((pin, index) =>
      device(`contact-${pin}`, "contact", { pin, pull: ["up", "none", "down", "up"][index] }),
    ),
    device("climate-in", "dht", { pin: 4 }),
    device("climate-out", "dht", { pin: 16, model: "DHT11" }),
  ],
  "sensors above and below the 3V3 that they share": [23, 24, 25].map((pin) =>
    device(`climate-${pin}`, "dht", { pin }),
  ),
  "every pin": Array.from({ length: 26 }, (_, index) => index + 2).map((pin) =>
    device(`a-device-whose-id-is-long-${pin}`, ["relay", "contact", "dht"][pin % 3] ?? "", { pin }),
  ),
  "a cover with end stops and buttons": [
    device("awning", "cover", {
      open_pin: 17,
      close_pin: 27,
      open_time: "25s",
      open_endstop_pin: 5,
      close_endstop_pin: 6,
      open_button_pin: 16,
      button_pin: 26,
      device_class: "awning",
    }),
  ],
  "lights of each form": [
    device("strip", "light", { red_pin: 12, green_pin: 13, blue_pin: 18, white_pin: 19 }),
    device("desk", "light", {
      cold_white_pin: 4,
      warm_white_pin: 6,
      cold_white_color_temperature: 6500,
      warm_white_color_temperature: 2700,
    }),
    device("shelf", "light", { pin: 20 }),
    device("hall", "light", { output_pin: 21 }),
  ],
  "kinds of one's own": [
    device("blind", blind, { up_pin: 17, down_pin: 27, end_pin: 22 }),
    device("dimmer", dimmer, { pin: 18 }),
  ],
};
