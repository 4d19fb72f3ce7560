import { onTestFinished } from "vitest";
import type { BusListener, BusMessage } from "../../src/core/messages/bus.ts";
import { MqttBus } from "../../src/mqtt/bus.ts";
import { settingsFor } from "../e2e/agent.ts";
import { FakeClock, settled } from "../fakes/clock.ts";
import { FakeLog } from "../fakes/log.ts";
import { scriptedBroker } from "../fakes/scripted-broker.ts";

/** What a bus on the bench listens to, and what it has of its surroundings. */
export interface BenchOptions extends Partial<Omit<BusListener, "connected" | "message">> {
  /** Told each time the bus is connected, and how many times that were. */
  readonly connected?: (bus: MqttBus, times: number) => void;
  readonly random?: () => number;
  readonly clock?: FakeClock;
}

/**
 * A bus between the brokers at these ports of this machine, in their order, on a clock that stands still. It is closed when
 * the test is over. Unless told otherwise it hears the topic `a`, and every pause is the middle one of those that could be.
 */
export function busBench(
  brokers: readonly { readonly port: number }[],
  { connected, random = () => 0.5, clock = new FakeClock(), ...wanted }: BenchOptions = {},
) {
  const log = new FakeLog();
  const messages: string[] = [];
  const heard: BusMessage[] = [];
  const [first, ...fallbacks] = brokers.map(({ port }) => settingsFor(port, "it"));
  if (first === undefined) throw new Error("there is no broker");
  let times = 0;
  const listener: BusListener = {
    topics: ["a"],
    ...wanted,
    connected: () => {
      times += 1;
      connected?.(bus, times);
    },
    message: (message) => {
      heard.push(message);
      messages.push(Buffer.from(message.payload).toString());
    },
  };
  const bus = new MqttBus({ ...first, fallbacks }, listener, { clock, log, random });
  const close = async () => {
    const closed = bus.close();
    await clock.advance(1_000);
    await closed;
  };
  onTestFinished(close);
  return { bus, clock, log, messages, heard, close, connected: () => times };
}

/** A scripted broker that ends with the test. */
export async function brokerThat(answer: Parameters<typeof scriptedBroker>[0]) {
  const broker = await scriptedBroker(answer);
  onTestFinished(broker.close);
  return broker;
}

/** Waits for the network, while the bus's own clock stands still. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await settled();
}

/** Gives the network time for what should not happen, while the bus's own clock stands still. */
export async function aWhile(): Promise<void> {
  for (let round = 0; round < 20; round += 1) await settled();
}

/** How long a broker has to acknowledge subscriptions, which is no pause. */
const subscribeLimitMs = 10_000;

/** Lets the bus's next pause pass, and tells how long it was. */
export async function nextPause(clock: FakeClock): Promise<number> {
  await until(() => pausesOf(clock).length > 0);
  const pauseMs = Math.min(...pausesOf(clock));
  await clock.advance(pauseMs);
  return pauseMs;
}

/** Waits for something, and lets each pause pass that the bus makes meanwhile. */
export async function untilAfterPauses(clock: FakeClock, condition: () => boolean): Promise<void> {
  while (!condition()) {
    if (pausesOf(clock).length > 0) await nextPause(clock);
    else await settled();
  }
}

function pausesOf(clock: FakeClock): number[] {
  return clock.waits.filter((ms) => ms !== subscribeLimitMs);
}
