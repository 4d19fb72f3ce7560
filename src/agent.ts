import type { Config } from "./config/load.ts";
import type { Bus, BusListener } from "./core/bus.ts";
import { agentStatusTopic } from "./core/topic.ts";
import { DeviceHost, type HostPorts } from "./runtime/host.ts";
import { takingTurns } from "./runtime/turns.ts";

/** What the agent needs of the world. Everything is injected, so that whole agents run in tests. */
export interface AgentPorts extends Omit<HostPorts, "bus" | "inTurn"> {
  readonly connectBus: (listener: BusListener) => Bus;
}

/** A running agent. */
export interface Agent {
  /** Brings every device to rest, says goodbye to the broker, and resolves. */
  stop(): Promise<void>;
}

/**
 * Starts the devices of a configuration: first those that take commands, so that each output is at its safe level before
 * anything else happens; then the rest; then the way to the broker. A device that cannot work does not stop the others.
 */
export async function startAgent(config: Config, ports: AgentPorts): Promise<Agent> {
  let bus: Bus | undefined;
  const publish = (topic: string, payload: string) => bus?.publish(topic, payload);
  const shared: HostPorts = { ...ports, bus: { publish }, inTurn: takingTurns() };
  const statusTopic = agentStatusTopic(config.agent.id);

  const hosts = config.devices.map((device) => new DeviceHost(device, shared));
  const hostByTopic = new Map(hosts.flatMap((host) => host.topics.commands.map((topic) => [topic, host] as const)));

  const takesCommands = (host: DeviceHost) => host.topics.commands.length > 0;
  await Promise.all(hosts.filter(takesCommands).map((host) => host.start()));
  for (const host of hosts) if (!takesCommands(host)) void host.start();

  bus = ports.connectBus({
    topics: [...hostByTopic.keys()],
    message: (message) => hostByTopic.get(message.topic)?.receive(message),
    connected: () => {
      for (const host of hosts) host.announce();
      publish(statusTopic, "online");
    },
  });

  return {
    async stop() {
      for (const host of hosts.toReversed()) await host.stop();
      publish(statusTopic, "offline");
      await bus.close();
    },
  };
}
