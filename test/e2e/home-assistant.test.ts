import { describe, expect, it } from "vitest";
import { startRealAgent } from "./agent.ts";
import { mosquittoMissing, startAedes, startMosquitto } from "./brokers.ts";
import { Observer } from "./observer.ts";
import { cannotRun } from "./required.ts";

const announced = "pi2mqtt/test/announced";
const deviceTopic = "homeassistant/device/test/config";
const lamp = "devices:\n  lamp: {kind: relay, topic: home/lamp, pin: 17}\n";

describe.each([
  ["the embedded broker", startAedes, undefined],
  ["Mosquitto", startMosquitto, mosquittoMissing],
])("discovery over %s", (_name, start, missing) => {
  if (missing !== undefined) return cannotRun(missing);

  it("empties the old topics before it announces on a new one, and says the states after that", {
    timeout: 30_000,
  }, async () => {
    const broker = await start();
    const first = await startRealAgent(broker.port, { yaml: `home_assistant: {discovery: legacy}\n${lamp}` });
    const before = await Observer.connect(broker.port);
    await before.untilTrue(() => before.on(announced).length > 0);
    await first.agent.stop();
    await before.close();

    const observer = await Observer.connect(broker.port);
    await observer.untilTrue(() => observer.on(announced).length > 0);
    const second = await startRealAgent(broker.port, { yaml: lamp });
    await observer.untilTrue(() => observer.on(announced).length > 1);
    await observer.untilTrue(() => observer.seen.at(-1)?.topic === "pi2mqtt/test/health");
    const live = observer.seen.filter(({ retained }) => !retained);
    const old = live.filter(({ topic }) => topic.startsWith("homeassistant/switch/")).map(({ payload }) => payload);
    expect(old).toEqual(['{"migrate_discovery":true}', ""]);
    const places = (topic: string) => live.flatMap((message, index) => (message.topic === topic ? [index] : []));
    const [announcement = -1] = places(deviceTopic);
    expect(live.findLastIndex(({ payload }) => payload === "")).toBeLessThan(announcement);
    for (const topic of ["home/lamp/state", "home/lamp/availability", "pi2mqtt/test/status"]) {
      expect(places(topic)[0]).toBeLessThan(announcement);
      expect(places(topic).at(-1)).toBeGreaterThan(announcement);
    }
    await second.agent.stop();
    await observer.close();
    await broker.stop();
  });
});
