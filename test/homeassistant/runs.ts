import type { AnnouncedHouse } from "../../src/homeassistant/announced-house.ts";
import { Announcer } from "../../src/homeassistant/announcer.ts";
import { FakeBus } from "../fakes/bus.ts";
import { FakeClock, settled } from "../fakes/clock.ts";
import { FakeLog } from "../fakes/log.ts";
import { HomeAssistant } from "./home-assistant.ts";
import { houseOf } from "./houses.ts";

/** Where the broker keeps the list of what was announced. */
export const manifestTopic = "pi2mqtt/office-pi/announced";
/** The discovery topic of the agent and all devices without an area. */
export const deviceTopic = "homeassistant/device/office-pi/config";
/** A device of devices.yaml, with more options where wanted. */
export const lamp = (more = "") => `  lamp: {kind: relay, topic: home/lamp, pin: 17${more}}\n`;
/** A second device. */
export const fan = (more = "") => `  fan: {kind: relay, topic: home/fan, pin: 18${more}}\n`;
/** A devices.yaml of these devices. */
export const devices = (...some: string[]) => `devices:\n${some.join("")}`;
/** The section for Home Assistant before 2024.11. */
export const legacy = "home_assistant: {discovery: legacy}\n";

/** An agent's announcer on a broker; what it says of states is seen on the topic `states`. */
export async function start(
  yaml: string,
  bus = new FakeBus(),
  { random = () => 0.5, ...about }: Partial<AnnouncedHouse["agent"]> & { random?: () => number } = {},
) {
  const clock = new FakeClock();
  const log = new FakeLog();
  const announceStates = () => bus.publish("states", "all of them");
  const publish = bus.publish.bind(bus);
  const announcer = new Announcer(houseOf(yaml, about), { publish, clock, random, log, announceStates });
  bus.listen({
    topics: announcer.topics,
    kept: announcer.kept,
    message: (message) => announcer.message(message),
    connected: () => {
      announcer.connected();
      announceStates();
    },
  });
  await settled();
  return { announcer, bus, clock, log };
}

/** One run of an agent after the other on the same broker, with the same Home Assistant. */
export async function runs(first: FakeBus | string, ...others: string[]) {
  const bus = typeof first === "string" ? new FakeBus() : first;
  const [yaml = "", ...next] = typeof first === "string" ? [first, ...others] : others;
  const homeAssistant = new HomeAssistant(bus);
  let run = await start(yaml, bus);
  await run.clock.advance(10_000);
  for (const edited of next) {
    run.announcer.stop();
    homeAssistant.read();
    run = await start(edited, bus);
    await run.clock.advance(10_000);
  }
  return { ...run, homeAssistant };
}

/** The unique ids of the relays that it shows. */
export const relays = (homeAssistant: HomeAssistant) => homeAssistant.shown.filter((id) => id.endsWith("__relay"));
