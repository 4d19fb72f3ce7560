import { describe, expect, it } from "vitest";
import { editorSchema } from "../../src/config/reference.ts";
import { kinds } from "../fakes/kinds.ts";

const schema = JSON.parse(editorSchema(kinds, ["onoff", "simulated"]));

describe("the schema for editors", () => {
  it("offers every kind with its options and sentences", () => {
    const devices =
      schema.properties.devices.additionalProperties.oneOf ?? schema.properties.devices.additionalProperties.anyOf;
    expect(
      devices.map((device: { properties: { kind: { const: string } } }) => device.properties.kind.const).sort(),
    ).toEqual(kinds.map(({ kind }) => kind));
    for (const device of devices) {
      expect(device.additionalProperties).toBe(false);
      expect(device.required).toContain("topic");
    }
  });

  it("wants nothing but the devices", () => {
    expect(schema.required).toEqual(["devices"]);
  });
});
