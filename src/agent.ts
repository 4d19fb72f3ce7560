import type { Config } from "./config/load.ts";
import { readBoard } from "./core/board.ts";
import type { Bus, BusListener } from "./core/bus.ts";
import { agentTopics } from "./core/topic.ts";
import { Announcer } from "./homeassistant/announcer.ts";
import { isVital, vitals } from "./homeassistant/house.ts";
import { AgentControls, type Controls } from "./runtime/agent-controls.ts";
import { AgentReports } from "./runtime/agent-reports.ts";
import { withSafeAnswer } from "./runtime/answer-topics.ts";
import type { HostPorts } from "./runtime/device-context.ts";
import { DeviceHost } from "./runtime/host.ts";
import { takingTurns } from "./runtime/turns.ts";
import { readMachineVitals } from "./runtime/vitals.ts";

/** What the agent needs of the world. Everything is injected, so that whole agents run in tests. */
export interface AgentPorts extends Omit<HostPorts, "bus" | "inTurn"> {
  readonly connectBus: (listener: BusListener) => Bus;
  readonly controls: Controls;
  /** The ways to the pins that are in use, by name, with what each has opened. */
  readonly backends: () => Readonly<Record<string, string>>;
  /** What the agent says of itself besides its devices. */
  readonly facts: Readonly<Record<string, unknown>> & {
    readonly version: string;
    /** What tells this machine from others; absent where nothing does. */
    readonly machine?: string | undefined;
    /** What this machine is called in the network. */
    readonly hostname?: string | undefined;
  };
}

/** A running agent. */
export interface Agent {
  /** How it does, in one line for people. */
  status(): string;
  /** Brings every device to rest, says goodbye to the broker, and resolves. */
  stop(): Promise<void>;
}

/**
 * Starts the devices of a configuration: first those that take commands, so that each output is at its safe level before
 * anything else happens; then the rest; then the way to the broker. A device that cannot work does not stop the others.
 */
export async function startAgent(config: Config, ports: AgentPorts): Promise<Agent> {
  let bus: Bus | undefined;
  let connects = 0;
  const publish: Bus["publish"] = (...message) => bus?.publish(...message);
  const shared: HostPorts = { ...ports, bus: { publish }, inTurn: takingTurns() };
  const topics = agentTopics(config.agent.topic);

  const hosts = config.devices.map((device) => new DeviceHost(device, shared));
  const controls = new AgentControls(topics, shared.bus, ports.log, ports.controls);
  const reports = new AgentReports({
    ...shared,
    topics,
    facts: () => ({ ...ports.facts, backends: ports.backends(), devices: describe(config) }),
    vitals: () => ({
      reconnects: Math.max(0, connects - 1),
      queue: bus?.waiting ?? 0,
      failures: Object.fromEntries(
        hosts.filter(({ failures }) => failures > 0).map((host) => [host.id, host.failures]),
      ),
    }),
  });
  const receivers = new Map<string, { receive: DeviceHost["receive"] }>([
    ...hosts.flatMap((host) => [...host.topics.commands, host.topics.get].map((topic) => [topic, host] as const)),
    ...controls.topics.map((topic) => [topic, controls] as const),
    ...reports.kept.map((topic) => [topic, reports] as const),
  ]);

  const reserved = {
    topics: new Set(
      hosts.flatMap(({ topics: { commands, state, availability, get } }) => [...commands, state, availability, get]),
    ),
    prefixes: ["pi2mqtt", config.agent.topic, config.home_assistant.prefix],
  };

  const takesCommands = (host: DeviceHost) => host.topics.commands.length > 0;
  await Promise.all(hosts.filter(takesCommands).map((host) => host.start()));
  for (const host of hosts) if (!takesCommands(host)) void host.start();

  const announceStates = (isNewConnection = false) => {
    for (const host of hosts) host.announce();
    controls.announce();
    // The last word, that the agent is online, is theirs.
    reports.announce(isNewConnection);
  };
  const machine = await readMachine(ports.files);
  const { version, machine: machineId } = ports.facts;
  const announcer = new Announcer(
    {
      agent: { ...config.agent, ...machine, version, machine: machineId },
      settings: config.home_assistant,
      devices: config.devices,
    },
    { ...ports, publish, announceStates: () => announceStates() },
  );

  bus = ports.connectBus({
    topics: [...receivers.keys()].filter((topic) => !reports.kept.includes(topic)),
    news: announcer.topics,
    kept: [...reports.kept, ...announcer.kept],
    message: (message) => {
      if (announcer.message(message)) return;
      receivers.get(message.topic)?.receive(withSafeAnswer(message, reserved, ports.log));
    },
    connected: () => {
      connects += 1;
      // Home Assistant drops the states of entities that it does not know yet.
      announcer.connected();
      announceStates(true);
    },
  });

  return {
    status() {
      const offline = hosts.filter((host) => !host.isOnline).map(({ id }) => id);
      const online = `${hosts.length - offline.length} of ${hosts.length} devices online`;
      return offline.length === 0 ? online : `${online}; offline: ${offline.join(", ")}`;
    },
    async stop() {
      announcer.stop();
      for (const host of hosts.toReversed()) await host.stop();
      await reports.stop(controls.restartAsked ? "restart asked" : "stopped");
      publish(topics.status, "offline");
      await bus.close();
    },
  };
}

/** What this machine is, and what it can tell of itself: a Raspberry Pi all, though its drivers may come later. */
async function readMachine(files: HostPorts["files"]) {
  const { model, serial, chip } = await readBoard(files);
  const seen = Object.keys(await readMachineVitals(files)).filter(isVital);
  return { model, serial, vitals: chip === undefined ? seen : vitals };
}

/** The devices by their ids, for whoever reads the agent's info. */
function describe({ devices }: Config) {
  return Object.fromEntries(devices.map(({ id, kind, topic }) => [id, { kind: kind.kind, topic }]));
}
