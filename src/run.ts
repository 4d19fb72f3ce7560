import { type Agent, startAgent } from "./agent.ts";
import type { ReadConfig } from "./config/read.ts";
import { systemClock } from "./core/clock.ts";
import type { Log } from "./core/log.ts";
import { agentStatusTopic } from "./core/topic.ts";
import { prepareHardware } from "./hardware.ts";
import { MqttBus } from "./mqtt/bus.ts";
import { packageVersion } from "./version.ts";

/** Runs a configuration on this machine, against its broker. */
export async function run(config: NonNullable<ReadConfig["config"]>, log: Log): Promise<Agent> {
  const { agent, broker, gpio, devices, pem } = config;
  const url = new URL(broker.url);
  const username = broker.username ?? (decodeURIComponent(url.username) || undefined);
  const password = broker.password ?? (decodeURIComponent(url.password) || undefined);
  url.username = "";
  url.password = "";
  log.info({ agent: agent.id, version: packageVersion(), devices: devices.length }, "pi2mqtt starts");

  const hardware = prepareHardware(gpio, log);
  const running = await startAgent(config, {
    ...hardware,
    clock: systemClock,
    log,
    random: Math.random,
    connectBus: (listener) =>
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
      ),
  });
  return {
    async stop() {
      await running.stop();
      await hardware.stop();
      log.info({}, "pi2mqtt stopped");
    },
  };
}
