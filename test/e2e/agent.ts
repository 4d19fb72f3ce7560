import { type Agent, startAgent } from "../../src/agent.ts";
import { checkConfig } from "../../src/config/check.ts";
import { checkRules } from "../../src/config/rules/check-rules.ts";
import { agentTopics } from "../../src/core/messages/topic.ts";
import { type Clock, systemClock } from "../../src/core/time/clock.ts";
import { type SimulatedBank, simulatedBank } from "../../src/gpio/simulated.ts";
import { MqttBus } from "../../src/mqtt/bus.ts";
import type { BusSettings } from "../../src/mqtt/settings.ts";
import { noControls } from "../../src/runtime/agent/agent-controls.ts";
import { StateStore } from "../../src/runtime/machine/state-store.ts";
import { simulatedRoom } from "../../src/simulation/room.ts";
import { packageVersion } from "../../src/version.ts";
import { pinsOver } from "../fakes/benches.ts";
import { kinds } from "../fakes/kinds.ts";
import { FakeLog } from "../fakes/log.ts";

/** The devices of most tests. Home Assistant is told of them in tests of its own: it gets every state once more. */
export const lampAndDoor = `
home_assistant: {discovery: false}
devices:
  lamp: {kind: relay, topic: home/lamp, pin: 17}
  door: {kind: contact, topic: home/door, pin: 5, debounce: 0ms}
  climate: {kind: dht, topic: home/climate, pin: 4}
`;

/** Settings for a broker on this machine that lets everybody in. */
export function settingsFor(port: number, clientId: string): BusSettings {
  return {
    url: `mqtt://127.0.0.1:${port}`,
    clientId,
    username: undefined,
    password: undefined,
    ca: undefined,
    cert: undefined,
    key: undefined,
    keepaliveMs: 30_000,
    will: { topic: agentTopics("pi2mqtt/test").status, payload: "offline" },
  };
}

/** The agent `test` with the real connection to a broker; only its hardware is pretended. */
export async function startRealAgent(
  port: number,
  {
    yaml = lampAndDoor,
    pins = simulatedBank(),
    busClock = systemClock,
    ...settings
  }: { yaml?: string; pins?: SimulatedBank; busClock?: Clock } & Partial<BusSettings> = {},
): Promise<{ agent: Agent; pins: SimulatedBank; log: FakeLog }> {
  const log = new FakeLog();
  const known = { kinds, checkRules, backends: [], environment: {}, hostname: "test" };
  const { config, problems } = checkConfig("devices.yaml", new TextEncoder().encode(yaml), known);
  if (config === undefined) throw new Error(problems.join("\n"));
  const busSettings: BusSettings = { ...settingsFor(port, "pi2mqtt-test"), ...settings };
  const agent = await startAgent(config, {
    ...simulatedRoom(config.devices, systemClock),
    clock: systemClock,
    store: await StateStore.open(undefined, { clock: systemClock, log }),
    log,
    random: Math.random,
    controls: noControls,
    backends: () => ({}),
    facts: { version: packageVersion() },
    pins: pinsOver(pins),
    connectBus: (listener) => new MqttBus(busSettings, listener, { clock: busClock, log, random: Math.random }),
  });
  return { agent, pins, log };
}
