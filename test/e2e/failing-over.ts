import { type Agent, startAgent } from "../../src/agent.ts";
import { checkConfig } from "../../src/config/load.ts";
import { systemClock } from "../../src/core/clock.ts";
import { kinds } from "../../src/devices/index.ts";
import { type SimulatedBank, simulatedBank } from "../../src/gpio/simulated.ts";
import { MqttBus } from "../../src/mqtt/bus.ts";
import { noControls } from "../../src/runtime/agent-controls.ts";
import { fasterClock } from "../../src/simulation/faster-clock.ts";
import { simulatedRoom } from "../../src/simulation/room.ts";
import { pinsOver } from "../fakes/benches.ts";
import { FakeLog } from "../fakes/log.ts";
import { lampAndDoor, settingsFor } from "./agent.ts";
import type { TestBroker } from "./brokers.ts";

/** The agent `test` with several brokers, whose minutes on the way to them take two seconds. */
export async function startWithBrokers(
  first: TestBroker,
  ...others: readonly TestBroker[]
): Promise<{ agent: Agent; pins: SimulatedBank; log: FakeLog }> {
  const log = new FakeLog();
  const pins = simulatedBank();
  const known = { kinds, backends: [], environment: {}, hostname: "test" };
  const { config } = checkConfig("devices.yaml", new TextEncoder().encode(lampAndDoor), known);
  if (config === undefined) throw new Error("the devices of the tests are wrong");
  const fallbacks = others.map(({ port }) => settingsFor(port, "pi2mqtt-test"));
  const settings = { ...settingsFor(first.port, "pi2mqtt-test"), fallbacks };
  const ports = { clock: fasterClock(systemClock, 30), log, random: Math.random };
  const agent = await startAgent(config, {
    ...simulatedRoom(config.devices, systemClock),
    clock: systemClock,
    log,
    random: Math.random,
    controls: noControls,
    backends: () => ({}),
    facts: { version: "test" },
    pins: pinsOver(pins),
    connectBus: (listener) => new MqttBus(settings, listener, ports),
  });
  return { agent, pins, log };
}
