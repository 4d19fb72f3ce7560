import { expect, it } from "vitest";
import { stringify } from "yaml";
import { checkDeviceMessage } from "./documented.ts";
import { componentsOf, messagesOf } from "./houses.ts";

const golden = (name: string) => new URL(`golden/${name}.yaml`, import.meta.url).pathname;
const pretty = (value: unknown) => stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
const cover = (more: string) =>
  `devices:\n  it: {kind: cover, topic: home/it, open_pin: 22, close_pin: 23, open_time: 25s, ${more}}\n`;

it.each([
  ["cover-with-slats", cover("tilt_time: 2s, device_class: blind")],
  ["cover-with-end-stops", cover("open_endstop_pin: 5, close_endstop_pin: 6, device_class: awning")],
])("Home Assistant shows a %s as its golden file says", async (name, yaml) => {
  await expect(pretty(componentsOf(yaml))).toMatchFileSnapshot(golden(name));
  for (const message of Object.values(messagesOf(yaml))) checkDeviceMessage(message);
});
