import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { lampYaml } from "../devices/light/lamp.ts";
import { checkDeviceMessage } from "./documented.ts";
import { componentsOf, messagesOf } from "./houses.ts";

const golden = (name: string) => new URL(`golden/light-${name}.yaml`, import.meta.url).pathname;
const pretty = (value: unknown) => stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });

describe.each(["plain", "rgb", "rgbw", "cct"] as const)("a light of the form %s in Home Assistant", (name) => {
  const yaml = lampYaml(name);

  it("is shown as its golden file says", async () => {
    await expect(pretty(componentsOf(yaml))).toMatchFileSnapshot(golden(name));
  });

  it("is shown in the words of the documentation", () => {
    for (const message of Object.values(messagesOf(yaml))) expect(() => checkDeviceMessage(message)).not.toThrow();
  });

  it("has the unique id of every light, so that a light may get more pins", () => {
    const ids = Object.values(componentsOf(yaml)).map(({ unique_id: id }) => id);
    expect(ids).toEqual(["office-pi__lamp__light"]);
  });
});
