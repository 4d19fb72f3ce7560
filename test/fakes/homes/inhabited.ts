import { checkConfig } from "../../../src/config/check.ts";
import { checkRules } from "../../../src/config/rules/check-rules.ts";
import { machineOf } from "../../../src/core/machine/machine.ts";
import { simulatedBank } from "../../../src/gpio/simulated.ts";
import { simulatedWorld } from "../../../src/simulation/simulated-world.ts";
import { FakeClock } from "../clock.ts";
import { startHouse } from "../house.ts";
import { kinds } from "../kinds.ts";
import { FakeLog } from "../log.ts";

/** The agent with the devices of a devices.yaml, in a world of which nobody says what happens. */
export async function inhabited(yaml: string) {
  const known = { kinds, checkRules, backends: [], environment: {}, hostname: "test" };
  const { config, problems } = checkConfig("devices.yaml", new TextEncoder().encode(yaml), known);
  if (config === undefined) throw new Error(problems.join("\n"));
  const clock = new FakeClock();
  const log = new FakeLog();
  const pins = simulatedBank(clock);
  const world = simulatedWorld(config.devices, pins, { clock, log, routines: true });
  const house = await startHouse(yaml, { clock, pins, bank: world.pins, ...machineOf(world.room) });
  const state = (topic: string) => house.bus.retained.get(topic);
  const values = (topic: string) => JSON.parse(state(topic) ?? "{}") as Record<string, number | string>;
  const heard = (topic: string) =>
    house.bus.published.filter((message) => message.topic === topic).map(({ payload }) => payload);
  return { ...house, world, state, values, heard };
}
