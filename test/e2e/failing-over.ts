import { systemClock } from "../../src/core/time/clock.ts";
import { fasterClock } from "../../src/simulation/faster-clock.ts";
import { settingsFor, startRealAgent } from "./agent.ts";
import type { TestBroker } from "./brokers.ts";

/** The agent `test` with several brokers, whose minutes on the way to them take two seconds. */
export function startWithBrokers(first: TestBroker, ...others: readonly TestBroker[]) {
  return startRealAgent(first.port, {
    fallbacks: others.map(({ port }) => settingsFor(port, "pi2mqtt-test")),
    busClock: fasterClock(systemClock, 30),
  });
}
