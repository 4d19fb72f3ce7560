import { gatedBroker } from "../fakes/gated-broker.ts";
import { type BenchOptions, busBench, nextPause, until } from "./bus-bench.ts";

/** A bus that says "state 1", "state 2" and so on, on the topic `b`, each time it is connected. */
export function busTo(brokers: readonly { readonly port: number }[], options: BenchOptions = {}) {
  return busBench(brokers, { connected: (bus, times) => bus.publish("b", `state ${times}`), ...options });
}

/** Such a bus while the second of two brokers serves, because the first lets nobody in. */
export async function servedBySecond(options: BenchOptions = {}) {
  const [first, second] = [await gatedBroker({ isOpen: false }), await gatedBroker()];
  const bench = busTo([first, second], options);
  await nextPause(bench.clock);
  await until(() => bench.connected() === 1);
  return { first, second, ...bench };
}
