import { expect, it } from "vitest";
import { defineDevice } from "../../src/core/kind.ts";
import { onOff } from "../../src/core/switching.ts";
import { startHouse } from "../fakes/house.ts";
import { kinds } from "../fakes/kinds.ts";

/** A switch that somebody presses the moment after it was found released. */
const hasty = defineDevice({
  kind: "hasty",
  summary: "A switch that is pressed at once.",
  usedFor: "a test",
  options: {},
  example: { topic: "home/hasty" },
  state: onOff,
  entities: () => [{ key: "hasty", platform: "binary_sensor" }],
  async setup(_options, { report }) {
    report("OFF");
    queueMicrotask(() => report("ON"));
    return {};
  },
});

it("a switch that is pressed at once after the start sets its rule off", async () => {
  const yaml = `
devices:
  wall: {kind: hasty, topic: home/wall}
  lamp: {kind: relay, topic: home/lamp, pin: 17}
rules:
  it: {when: {device: wall, state: ON}, then: {device: lamp, command: on}}
`;
  const house = await startHouse(yaml, { kinds: [...kinds, hasty] });
  expect(house.pins.level(17)).toBe(1);
});
