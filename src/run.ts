import { type Agent, startAgent } from "./agent.ts";
import type { ReadConfig } from "./config/read.ts";
import type { BusListener } from "./core/bus.ts";
import { systemClock } from "./core/clock.ts";
import type { Log } from "./core/log.ts";
import type { Scenario } from "./core/scenario.ts";
import { agentStatusTopic } from "./core/topic.ts";
import { prepareHardware } from "./hardware.ts";
import { MqttBus } from "./mqtt/bus.ts";
import { fasterClock } from "./simulation/faster-clock.ts";
import { play } from "./simulation/play.ts";
import { packageVersion } from "./version.ts";

/** A scenario for simulated hardware, so many times faster than real time. */
export interface Direction {
  readonly scenario: Scenario;
  readonly speed: number;
}

/** An agent on this machine. */
export interface RunningAgent extends Agent {
  /** Resolves, where a scenario says when it is over, with a line for each expectation that was not met. */
  readonly ended?: Promise<readonly string[]> | undefined;
}

/** Runs a configuration on this machine, against its broker; with a scenario only where the hardware is simulated. */
export async function run(
  config: NonNullable<ReadConfig["config"]>,
  log: Log,
  direction?: Direction,
): Promise<RunningAgent> {
  const { agent, broker, devices, pem } = config;
  const url = new URL(broker.url);
  const username = broker.username ?? (decodeURIComponent(url.username) || undefined);
  const password = broker.password ?? (decodeURIComponent(url.password) || undefined);
  url.username = "";
  url.password = "";
  log.info({ agent: agent.id, version: packageVersion(), devices: devices.length }, "pi2mqtt starts");

  const clock = direction === undefined ? systemClock : fasterClock(systemClock, direction.speed);
  const { stage, ...hardware } = prepareHardware(config, log, clock);
  const toBroker = (listener: BusListener) =>
    new MqttBus(
      {
        url: url.href.replace(/\/$/, ""),
        clientId: `pi2mqtt-${agent.id}`,
        username,
        password,
        ...pem,
        keepaliveMs: broker.keepalive,
        will: { topic: agentStatusTopic(agent.id), payload: "offline" },
      },
      listener,
      { clock: systemClock, log, random: Math.random },
    );
  const running = await startAgent(config, {
    ...hardware,
    clock,
    log,
    random: Math.random,
    connectBus: (listener) => (stage === undefined ? toBroker(listener) : stage.bus.connect(listener, toBroker)),
  });
  const played = direction && stage && play(direction.scenario, stage);
  return {
    ended: direction?.scenario.stops ? played?.ended : undefined,
    async stop() {
      played?.cancel();
      await running.stop();
      await hardware.stop();
      log.info({}, "pi2mqtt stopped");
    },
  };
}
