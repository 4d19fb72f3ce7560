import { expect, it } from "vitest";
import { relay } from "../../src/devices/relay.ts";
import { startHouse } from "../fakes/house.ts";
import { type Given, settableKinds } from "../fakes/settable-sensor.ts";

const yaml = `devices:
  lamp: {kind: relay, topic: lamp, pin: 17}
  room: {kind: thermometer, topic: room}
  cellar: {kind: barometer, topic: cellar}
`;

/** A house with a lamp and two sensors, of which both give what a test says. */
const house = (given: () => Given) => startHouse(yaml, { kinds: [relay, ...settableKinds(given)] });

it("counts sensors as starting until they were read for the first time", async () => {
  const { agent, clock } = await house(() => ({ temperature: 20, pressure: 1_000 }));
  expect(agent.status()).toBe("1 of 3 devices online; starting: room, cellar");
  await clock.advance(1_000);
  expect(agent.status()).toBe("3 of 3 devices online");
});

it("names those that failed apart from those that are starting", async () => {
  const { agent, clock } = await house(() => "fails");
  expect(agent.status()).toBe("1 of 3 devices online; starting: room, cellar");
  await clock.advance(1_000);
  expect(agent.status()).toBe("1 of 3 devices online; offline: room, cellar");
});
