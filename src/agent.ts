import { agentRules } from "./agent-rules.ts";
import type { Config } from "./config/check.ts";
import { readBoard } from "./core/hardware/board.ts";
import type { Bus, BusListener } from "./core/messages/bus.ts";
import { agentTopics } from "./core/messages/topic.ts";
import { isVital, vitals } from "./homeassistant/announced-house.ts";
import { Announcer } from "./homeassistant/announcer.ts";
import { AgentControls, type Controls } from "./runtime/agent/agent-controls.ts";
import { AgentReports } from "./runtime/agent/agent-reports.ts";
import { House } from "./runtime/agent/house.ts";
import { readMachineVitals } from "./runtime/agent/vitals.ts";
import type { HostPorts } from "./runtime/device/device-context.ts";
import { withSafeAnswer } from "./runtime/orders/answer-topics.ts";
import { inTime } from "./runtime/time-limit.ts";
import { type OuterPorts, openSharedPorts } from "./shared-ports.ts";

/** What the agent needs from outside. Everything is injected, so that tests can run whole agents. */
export interface AgentPorts extends OuterPorts {
  readonly connectBus: (listener: BusListener) => Bus;
  readonly controls: Controls;
  /** The backends that are in use, by name, with a description of what each has opened. */
  readonly backends: () => Readonly<Record<string, string>>;
  /** What the agent publishes about itself besides its devices. */
  readonly facts: Readonly<Record<string, unknown>> & {
    readonly version: string;
    /** A text that tells this machine from all others; undefined if nothing tells them apart. */
    readonly machine?: string | undefined;
    /** The host name of this machine. */
    readonly hostname?: string | undefined;
  };
}

/** A running agent. */
export interface Agent {
  /** How the agent is, in one line for people. */
  status(): string;
  /**
   * Brings all devices to rest at once and disconnects from the broker. Resolves with whether every device is at rest; the log names those
   * that are not. It takes some seconds at most, even if a device hangs.
   */
  stop(): Promise<boolean>;
}

/** The last report reads files of the kernel, which may hang as well. */
const lastWordsMs = 1_000;

/** Starts the devices of a configuration, outputs first. Then it connects to the broker. */
export async function startAgent(config: Config, ports: AgentPorts): Promise<Agent> {
  let bus: Bus | undefined;
  let connects = 0;
  const publish: Bus["publish"] = (...message) => bus?.publish(...message);
  const shared = await openSharedPorts(config, ports, publish);
  const { broker, controllers, refusals, uses, wallClock } = shared;
  const topics = agentTopics(config.agent.topic);
  const house = new House(config.devices, shared);
  const controls = new AgentControls(topics, { ...shared, controls: ports.controls });
  const reports = new AgentReports({
    ...shared,
    topics,
    place: ports.facts,
    facts: () => ({ ...ports.facts, backends: ports.backends(), devices: house.described }),
    vitals: () => ({
      reconnects: Math.max(0, connects - 1),
      queue: bus?.waiting ?? 0,
      refused: refusals.counts,
      dropped: bus?.dropped ?? 0,
      failures: house.failures,
      ...uses.health,
    }),
  });

  await house.startOutputs();
  // Before the inputs: to load the rules takes time, and a switch that is pressed meanwhile would set nothing off.
  const rules = await agentRules(config, shared);
  rules?.start();
  house.startOthers();

  const announceStates = (isNewConnection = false) => {
    house.announce();
    uses.announce();
    controls.announce();
    rules?.announce();
    // The reports publish that the agent is online, as the last message.
    reports.announce(isNewConnection);
  };
  const machine = await readMachine(ports.files);
  const { version, machine: machineId } = ports.facts;
  const announcer = new Announcer(
    {
      agent: { ...config.agent, ...machine, version, machine: machineId },
      settings: config.home_assistant,
      devices: config.devices,
      rules: config.rules,
    },
    {
      ...ports,
      publish: (topic, payload, options) => publish(topic, payload, { ...options, inSequence: true }),
      announceStates: () => announceStates(),
    },
  );

  const reserved = {
    isTaken: house.isTaken.bind(house),
    prefixes: ["pi2mqtt", config.agent.topic, config.home_assistant.prefix],
  };
  const others = new Map<string, typeof controls | typeof reports>([
    ...reports.kept.map((topic) => [topic, reports] as const),
    ...controls.topics.map((topic) => [topic, controls] as const),
  ]);
  const receiverOf = (topic: string) => others.get(topic) ?? house.at(topic);
  bus = ports.connectBus({
    topics: [...house.heard, ...controls.topics, ...(rules?.topics ?? [])],
    news: [...new Set([...announcer.topics, ...(rules?.news ?? [])])],
    kept: [...reports.kept, ...announcer.kept, ...controllers.topics],
    rival: () => reports.rival,
    message: (message) => {
      controllers.hear(message);
      const isForAnnouncer = announcer.message(message);
      if (rules?.receive(message) || isForAnnouncer) return;
      receiverOf(message.topic)?.receive(withSafeAnswer(message, reserved, shared));
    },
    lost: () => {
      broker.lost();
      rules?.connection(false);
    },
    connected: () => {
      connects += 1;
      // Home Assistant ignores states of entities that it does not know yet, so it is told of the entities first.
      announcer.connected();
      announceStates(true);
      broker.connected();
      rules?.connection(true);
    },
  });

  return {
    status: () => house.status,
    async stop() {
      announcer.stop();
      rules?.stop();
      wallClock.stop();
      const isAtRest = await house.stop();
      const written = Promise.all([uses.stop(), ports.store.flush()]);
      await inTime(ports.clock, lastWordsMs, written, "").catch(() => {});
      const lastWords = reports.stop(controls.restartAsked ? "restart asked" : "stopped");
      await inTime(ports.clock, lastWordsMs, lastWords, "").catch(() => {});
      publish(topics.status, "offline");
      await bus.close();
      refusals.stop();
      return isAtRest;
    },
  };
}

/**
 * Reads what this machine is and what it can measure of itself. A Raspberry Pi counts as able to measure everything, even if its drivers
 * are loaded later.
 */
async function readMachine(files: HostPorts["files"]) {
  const { model, serial, chip } = await readBoard(files);
  const seen = Object.keys(await readMachineVitals(files)).filter(isVital);
  return { model, serial, vitals: chip === undefined ? seen : vitals };
}
