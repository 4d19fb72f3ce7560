import { hostname, machine } from "node:os";
import { type Agent, startAgent } from "./agent.ts";
import type { ReadConfig } from "./config/read.ts";
import { brokerAddresses } from "./config/schema/broker-address.ts";
import { explain } from "./core/errors.ts";
import type { Log, LogLevel } from "./core/log/log.ts";
import type { BusListener } from "./core/messages/bus.ts";
import { agentTopics } from "./core/messages/topic.ts";
import type { Scenario } from "./core/simulation/scenario.ts";
import { type Clock, systemClock } from "./core/time/clock.ts";
import { prepareHardware } from "./hardware.ts";
import type { LevelledLog } from "./log/pino.ts";
import { MqttBus } from "./mqtt/bus.ts";
import type { BusSettings } from "./mqtt/settings.ts";
import { loadPackage } from "./native-packages.ts";
import { machineFiles } from "./runtime/machine/files.ts";
import { machineId } from "./runtime/machine/machine-id.ts";
import { machineStateFile, stateFolder } from "./runtime/machine/machine-state.ts";
import { StateStore } from "./runtime/machine/state-store.ts";
import { inTime } from "./runtime/time-limit.ts";
import { superviseBySystemd } from "./service/supervision.ts";
import { packageVersion } from "./version.ts";

/** How long closing the pins may take. After that the process ends even if the kernel hangs. */
const closingMs = 2_000;

/** A scenario for simulated hardware, and how many times faster than real time it runs. */
export interface ScenarioRun {
  readonly scenario: Scenario;
  readonly speed: number;
}

/** An agent that runs on this machine. */
export interface RunningAgent extends Pick<Agent, "stop"> {
  /**
   * Resolves when the scenario is over, with a line for each expectation that was not met. Undefined if no scenario says when it is over.
   */
  readonly ended?: Promise<readonly string[]> | undefined;
  /** Resolves when somebody asked the agent to restart. Then the program should end, so that systemd starts it again. */
  readonly restartAsked: Promise<void>;
}

/** Makes the function that connects to the brokers of the configuration. */
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

async function clockOf({ speed, scenario }: ScenarioRun): Promise<Clock> {
  const { fasterClock } = await import("./simulation/faster-clock.ts");
  return fasterClock(systemClock, speed, scenario.starts);
}

/**
 * Runs a configuration on this machine with its broker. A scenario needs simulated hardware; it begins with the first connection to the
 * broker.
 */
export async function run(
  config: NonNullable<ReadConfig["config"]>,
  log: LevelledLog,
  scenarioRun?: ScenarioRun,
): Promise<RunningAgent> {
  const { agent, devices } = config;
  log.info({ agent: agent.id, version: packageVersion(), devices: devices.length }, "pi2mqtt starts");

  const playing = scenarioRun && (await import("./simulation/play.ts"));
  const clock = scenarioRun === undefined ? systemClock : await clockOf(scenarioRun);
  const { world, ...hardware } = await prepareHardware(config, log, { clock, routines: scenarioRun === undefined });
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
  // The values of simulated devices must not be stored among those of the real ones.
  const stateFile = world === undefined ? machineStateFile(stateFolder(process.env), agent.id) : undefined;
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
    // Only a scenario looks at what was published, so only it needs to remember that.
    connectBus: (listener) =>
      world === undefined || scenarioRun === undefined ? toBroker(listener) : world.bus.connect(listener, toBroker),
  });
  const supervision = superviseBySystemd({
    environment: process.env,
    pid: process.pid,
    clock: systemClock,
    log,
    machine: machine(),
    load: loadPackage,
  });
  await supervision.ready(() => running.status());
  let cancelPlay: () => void = () => {};
  const ended =
    playing &&
    world?.bus.connected.then(() => {
      const played = playing.play(scenarioRun.scenario, world);
      cancelPlay = played.cancel;
      return played.ended;
    });
  return {
    restartAsked,
    ended: scenarioRun?.scenario.stops ? ended : undefined,
    async stop() {
      cancelPlay();
      // Telling systemd may take some time if it is done by a program. The relays do not wait for it.
      const [, isAtRest] = await Promise.all([supervision.stopping(), running.stop()]);
      await inTime(systemClock, closingMs, hardware.stop(), "the pins cannot be closed").catch((error) =>
        log.warn({ reason: explain(error) }, "stops without closing the pins"),
      );
      log.info({}, "pi2mqtt stopped");
      return isAtRest;
    },
  };
}
