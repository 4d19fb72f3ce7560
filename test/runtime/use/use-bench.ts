import { type House, type HouseParts, startHouse } from "../../fakes/house.ts";
import { FakeStateFile } from "../../fakes/state-file.ts";

/** A minute, in milliseconds. */
export const minute = 60_000;
/** How long a change of the use waits until it is written and its totals are published. */
export const saved = 15 * minute;

/** A devices.yaml with a relay called `pump` on pin 17. */
export const relay = (options: string) => `devices:\n  pump: {kind: relay, topic: pump, pin: 17, ${options}}\n`;

/** The use of a device as it was published last. */
export const use = ({ bus }: House, device = "pump") => JSON.parse(bus.retained.get(`${device}/use`) ?? "{}");

/** The health of the agent as it was published last. */
export const health = ({ bus }: House) => JSON.parse(bus.retained.get("pi2mqtt/test/health") ?? "{}");

/** Starts a house that keeps its values. */
export const start = (yaml: string, parts: HouseParts = {}) =>
  startHouse(yaml, { stateFile: new FakeStateFile(), ...parts });

/** Stops the agent, with the time that this takes. */
export async function stop({ agent, clock }: House): Promise<void> {
  const stopped = agent.stop();
  await clock.advance(5_000);
  await stopped;
}
