import { expect, it } from "vitest";
import { startHouse } from "../fakes/house.ts";
import { HomeAssistant } from "./home-assistant.ts";

const yaml = "devices:\n  lamp: {kind: relay, topic: home/lamp, pin: 17}\n";

it("a whole agent is found by Home Assistant, and tells it the states after discovery when it starts again", async () => {
  const { bus, clock } = await startHouse(yaml);
  const homeAssistant = new HomeAssistant(bus);
  await clock.advance(10_000);
  expect(homeAssistant.shown).toContain("test__lamp__relay");
  expect(homeAssistant.shown).toContain("test__restart");
  const before = bus.published.length;
  homeAssistant.disconnect();
  homeAssistant.connect();
  await clock.advance(5_000);
  const topics = bus.published.slice(before).map(({ topic }) => topic);
  const discovery = topics.indexOf("homeassistant/device/test/config");
  expect(discovery).toBeGreaterThanOrEqual(0);
  for (const topic of ["home/lamp/state", "home/lamp/availability", "pi2mqtt/test/status"])
    expect(topics.indexOf(topic)).toBeGreaterThan(discovery);
});
