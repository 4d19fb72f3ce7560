import { startAgent } from "./agent.ts";
import { loadRules } from "./agent-rules.ts";
import type { Config } from "./config/check.ts";
import type { Log } from "./core/log/log.ts";
import { machineOf } from "./core/machine/machine.ts";
import { agentTopics } from "./core/messages/topic.ts";
import type { Scenario } from "./core/simulation/scenario.ts";
import { simulatedBank } from "./gpio/simulated.ts";
import { noControls } from "./runtime/agent/agent-controls.ts";
import { StateStore } from "./runtime/machine/state-store.ts";
import { play } from "./simulation/play.ts";
import { simulatedWorld } from "./simulation/simulated-world.ts";
import { VirtualClock } from "./simulation/virtual-clock.ts";
import { packageVersion } from "./version.ts";

export { VirtualClock };

/**
 * Runs a whole agent through a scenario, without a broker and without waiting: the time is virtual. Resolves with a line for each
 * expectation that was not met. The same files always give the same result.
 */
export async function rehearse(
  config: Config,
  scenario: Scenario,
  clock: VirtualClock,
  log: Log,
): Promise<readonly string[]> {
  const world = simulatedWorld(config.devices, simulatedBank(clock, { remembers: false }), {
    clock,
    log,
    routines: false,
    rulesTopic: agentTopics(config.agent.topic).rules,
  });
  // A virtual time does not wait for a disk.
  await loadRules(config);
  const rehearsal = async () => {
    const agent = await startAgent(config, {
      store: await StateStore.open(undefined, { clock, log }),
      ...machineOf(world.room),
      pins: world.pins,
      clock,
      log,
      random: () => 0.5,
      controls: noControls,
      backends: () => ({}),
      facts: { version: packageVersion() },
      connectBus: (listener) => world.bus.connect(listener),
    });
    const failures = await play(scenario, world).ended;
    await agent.stop();
    world.stop();
    return failures;
  };
  return clock.run(rehearsal());
}
