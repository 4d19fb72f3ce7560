import { afterEach, describe, expect, it } from "vitest";
import { mosquittoMissing, startMosquitto } from "./brokers.ts";
import { startWithBrokers } from "./failing-over.ts";
import { Observer } from "./observer.ts";
import { cannotRun } from "./required.ts";

describe("an agent with two Mosquittos", () => {
  if (mosquittoMissing !== undefined) return cannotRun(mosquittoMissing);

  const ending: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of ending.splice(0).reverse()) await end();
  });
  const start = async () => {
    const broker = await startMosquitto();
    ending.push(() => broker.stop());
    return broker;
  };
  const observe = async ({ port }: { port: number }) => {
    const observer = await Observer.connect(port);
    ending.push(() => observer.close());
    return observer;
  };
  const startAgent = async (...brokers: Parameters<typeof startWithBrokers>) => {
    const started = await startWithBrokers(...brokers);
    ending.push(() => started.agent.stop());
    return started;
  };
  /** The broker's address, as it is logged. */
  const at = ({ port }: { port: number }) => `mqtt://127.0.0.1:${port}`;

  it("goes on with the second when the first is killed, and with the first when it is back, each state in its place", async () => {
    const [first, second] = [await start(), await start()];
    const { pins, log } = await startAgent(first, second);
    const [atFirst, atSecond] = [await observe(first), await observe(second)];
    await atFirst.until("pi2mqtt/test/status", "online");
    await atFirst.publish("home/lamp/set", "on");
    await atFirst.until("home/lamp/state", "ON");
    expect(atSecond.seen).toEqual([]);

    await first.stop();
    pins.drive(5, 0);
    await atSecond.until("pi2mqtt/test/status", "online");
    await atSecond.until("home/climate/availability", "online");
    expect([atSecond.on("home/lamp/state").at(-1), atSecond.on("home/door").at(-1)]).toEqual(["ON", "OFF"]);
    await atSecond.publish("home/lamp/set", "off");
    await atSecond.until("home/lamp/state", "OFF");

    await first.restart();
    const back = await observe(first);
    await back.until("pi2mqtt/test/status", "online");
    expect([back.on("home/lamp/state").at(-1), back.on("home/door").at(-1)]).toEqual(["OFF", "OFF"]);
    await back.publish("home/lamp/set", "on");
    await back.until("home/lamp/state", "ON");
    await atSecond.publish("home/lamp/set", "off");
    await back.publish("home/lamp/set", "toggle");
    await back.until("home/lamp/state", "OFF");
    expect(pins.history(17)).toEqual([0, 1, 0, 1, 0]);

    const connected = log.at("info").filter(({ message }) => message === "connected to the broker");
    expect(connected).toMatchObject([
      { broker: at(first) },
      { broker: at(second), instead_of: at(first) },
      { broker: at(first), moved_from: at(second) },
    ]);
    // The second one's last will is never published: the agent has left it with a goodbye.
    expect(atSecond.on("pi2mqtt/test/status")).toEqual(["online"]);
  });

  it("begins with the second where the first is down, and moves over when it comes", async () => {
    const [first, second] = [await start(), await start()];
    await first.stop();
    const { log } = await startAgent(first, second);
    const atSecond = await observe(second);
    await atSecond.until("pi2mqtt/test/status", "online");
    await atSecond.publish("home/lamp/set", "on");
    await atSecond.until("home/lamp/state", "ON");
    await first.restart();
    const atFirst = await observe(first);
    await atFirst.until("home/lamp/state", "ON");
    expect(log.at("warn")).toMatchObject([{ broker: at(first), reason: expect.stringContaining("ECONNREFUSED") }]);
  });

  it("survives both of them, and takes the one that comes back", async () => {
    const [first, second] = [await start(), await start()];
    const { pins } = await startAgent(first, second);
    const atFirst = await observe(first);
    await atFirst.until("pi2mqtt/test/status", "online");
    await first.stop();
    await second.stop();
    pins.drive(5, 0);
    await second.restart();
    const atSecond = await observe(second);
    await atSecond.until("home/door", "OFF");
    await first.restart();
  });
});
