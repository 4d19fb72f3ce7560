import { hostname, machine } from "node:os";
import { type Agent, startAgent } from "./agent.ts";
import type { ReadConfig } from "./config/read.ts";
import { brokerAddresses } from "./config/schema/broker-address.ts";
import { explain } from "./core/errors.ts";
import type { Log, LogLevel } from "./core/log/log.ts";
import type { BusListener } from "./core/messages/bus.ts";
import { agentTopics } from "./core/messages/topic.ts";
import type { Scenario } from "./core/scenario.ts";
import { systemClock } from "./core/time/clock.ts";
import { prepareHardware } from "./hardware.ts";
import type { LevelledLog } from "./log/pino.ts";
import { MqttBus } from "./mqtt/bus.ts";
import type { BusSettings } from "./mqtt/settings.ts";
import { machineFiles } from "./runtime/machine/files.ts";
import { machineId } from "./runtime/machine/machine-id.ts";
import { machineStateFile, stateFolder } from "./runtime/machine/machine-state.ts";
import { StateStore } from "./runtime/machine/state-store.ts";
import { inTime } from "./runtime/time-limit.ts";
import { superviseBySystemd } from "./service/supervision.ts";
import { fasterClock } from "./simulation/faster-clock.ts";
import { play } from "./simulation/play.ts";
import { packageVersion } from "./version.ts";

/** Whatever hangs in the kernel, the process ends. */
const closingMs = 2_000;

/** A scenario for simulated hardware, so many times faster than real time. */
export interface Direction {
  readonly scenario: Scenario;
  readonly speed: number;
}

/** An agent on this machine. */
export interface RunningAgent extends Pick<Agent, "stop"> {
  /** Resolves, where a scenario says when it is over, with a line for each expectation that was not met. */
  readonly ended?: Promise<readonly string[]> | undefined;
  /** Resolves when somebody asked the agent to start anew: its program should end so that it is started again. */
  readonly restartAsked: Promise<void>;
}

/** Makes the bus to the configuration's brokers. */
function busOf({ agent, broker, pem }: NonNullable<ReadConfig["config"]>, log: Log) {
  const [first, ...fallbacks] = brokerAddresses(broker);
  const settings: BusSettings = {
    ...first,
    fallbacks,
    ...pem,
    checkServerName: broker.check_server_name,
    clientId: `pi2mqtt-${agent.id}`,
    keepaliveMs: broker.keepalive,
    will: { topic: agentTopics(agent.topic).status, payload: "offline" },
  };
  return (listener: BusListener) => new MqttBus(settings, listener, { clock: systemClock, log, random: Math.random });
}

/**
 * Runs a configuration on this machine, against its broker; with a scenario, which begins with the first connection, only where the
 * hardware is simulated.
 */
export async function run(
  config: NonNullable<ReadConfig["config"]>,
  log: LevelledLog,
  direction?: Direction,
): Promise<RunningAgent> {
  const { agent, devices } = config;
  log.info({ agent: agent.id, version: packageVersion(), devices: devices.length }, "pi2mqtt starts");

  const clock = direction === undefined ? systemClock : fasterClock(systemClock, direction.speed);
  const { stage, ...hardware } = prepareHardware(config, log, clock);
  const toBroker = busOf(config, log);
  let restart: () => void = () => {};
  const restartAsked = new Promise<void>((resolve) => {
    restart = resolve;
  });
  const controls = {
    restart,
    get logLevel() {
      return log.level;
    },
    setLogLevel: (level: LogLevel) => {
      log.level = level;
    },
  };
  // What is pretended must leave no traces in what the real devices keep.
  const stateFile = stage === undefined ? machineStateFile(stateFolder(process.env), agent.id) : undefined;
  const running = await startAgent(config, {
    ...hardware,
    store: await StateStore.open(stateFile, { clock, log }),
    clock,
    log,
    random: Math.random,
    controls,
    backends: () => hardware.pins.opened,
    facts: {
      version: packageVersion(),
      node: process.version,
      hostname: hostname(),
      machine: await machineId(machineFiles),
      process: process.pid,
    },
    connectBus: (listener) => (stage === undefined ? toBroker(listener) : stage.bus.connect(listener, toBroker)),
  });
  const supervision = superviseBySystemd({
    environment: process.env,
    pid: process.pid,
    clock: systemClock,
    log,
    machine: machine(),
    load: (packageName: string) => import(packageName),
  });
  await supervision.ready(() => running.status());
  let cancelPlay: () => void = () => {};
  const ended =
    direction &&
    stage?.bus.connected.then(() => {
      const played = play(direction.scenario, stage);
      cancelPlay = played.cancel;
      return played.ended;
    });
  return {
    restartAsked,
    ended: direction?.scenario.stops ? ended : undefined,
    async stop() {
      cancelPlay();
      // Where a program tells systemd, it takes its time, and the relays are not to wait for it.
      const [, isAtRest] = await Promise.all([supervision.stopping(), running.stop()]);
      await inTime(systemClock, closingMs, hardware.stop(), "the pins cannot be closed").catch((error) =>
        log.warn({ reason: explain(error) }, "stops all the same"),
      );
      log.info({}, "pi2mqtt stopped");
      return isAtRest;
    },
  };
}
