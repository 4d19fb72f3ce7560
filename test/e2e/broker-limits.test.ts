import { afterEach, describe, expect, it } from "vitest";
import type { FakeLog } from "../fakes/log.ts";
import { busBench, until } from "../mqtt/bus-bench.ts";
import { settingsFor, startRealAgent } from "./agent.ts";
import { mosquittoMissing, startMosquitto } from "./brokers.ts";
import { Observer } from "./observer.ts";
import { cannotRun } from "./required.ts";

const relays = (count: number) =>
  `devices:\n${Array.from({ length: count }, (_one, index) => `  lamp-${index}: {kind: relay, topic: home/room/lamp-${index}, pin: ${4 + index}}\n`).join("")}`;

/** How often the log says that. */
const times = (log: FakeLog, what: string) => log.lines.filter(({ message }) => message.includes(what)).length;

describe("an agent and a Mosquitto with limits", () => {
  if (mosquittoMissing !== undefined) return cannotRun(mosquittoMissing);

  const ending: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of ending.splice(0).reverse()) await end();
  });

  /** An agent at a Mosquitto with these lines in its configuration, and somebody who sees what it says there. */
  async function start(lines: readonly string[], options: Parameters<typeof startRealAgent>[1] = {}) {
    const broker = await startMosquitto(() => ["allow_anonymous true", ...lines]);
    ending.push(() => broker.stop());
    const observer = await Observer.connect(broker.port);
    ending.push(() => observer.close());
    const started = await startRealAgent(broker.port, options);
    ending.push(() => started.agent.stop());
    await observer.until("pi2mqtt/test/status", "online");
    return { broker, observer, ...started };
  }

  it("serves where packets of 500 bytes are the largest, and says once of each message that it is too large", async () => {
    const { observer, log } = await start(["max_packet_size 500"], { yaml: relays(12) });
    await observer.publish("home/room/lamp-11/set", "on");
    await observer.until("home/room/lamp-11/state", "ON");
    await observer.publish("homeassistant/status", "online");
    await observer.publish("home/room/lamp-11/set", "off");
    await observer.until("home/room/lamp-11/state", "OFF");
    expect(times(log, "connected to the broker")).toBe(1);
    const tooLarge = log
      .at("warn")
      .filter(({ message }) => message.startsWith("a message is too large for the broker"));
    expect(tooLarge.length).toBeGreaterThan(0);
    expect(new Set(tooLarge.map(({ topic }) => topic)).size).toBe(tooLarge.length);
    for (const { bytes } of tooLarge) expect(bytes).toBeGreaterThan(500);
  });

  it("is told by a PUBACK that discovery is above message_size_limit, and tells of each entity by itself then", async () => {
    const { observer, log } = await start(["message_size_limit 1500"], { yaml: relays(12) });
    await observer.untilTrue(() => observer.on("homeassistant/switch/test/lamp-11__relay__switch/config").length > 0);
    await observer.publish("home/room/lamp-11/set", "on");
    await observer.until("home/room/lamp-11/state", "ON");
    const tooLarge = log
      .at("warn")
      .filter(({ message }) => message.startsWith("a message is too large for the broker"));
    expect(tooLarge.map(({ topic }) => topic)).toContainEqual(expect.stringMatching(/^homeassistant\/device\//));
    expect(log.at("error")).toEqual([]);
    expect(times(log, "connected to the broker")).toBe(1);
  });

  it("serves where nothing is kept, with a last will that is not kept either", async () => {
    const { observer, log, broker } = await start(["retain_available false"]);
    await observer.publish("home/lamp/set", "on");
    await observer.until("home/lamp/state", "ON");
    expect(log.at("warn").map(({ message }) => message)).toEqual([
      "the broker keeps no retained messages, so a client that connects later sees no state; allow retained messages there",
    ]);
    const late = await Observer.connect(broker.port);
    await late.publish("home/lamp/set", "off");
    await late.until("home/lamp/state", "OFF");
    expect(late.seen.some(({ retained }) => retained)).toBe(false);
    await late.close();
  });

  it("serves where QoS 0 is all there is", async () => {
    const { observer, log } = await start(["max_qos 0"]);
    await observer.publish("home/lamp/set", "on", { qos: 0 });
    await observer.until("home/lamp/state", "ON");
    expect(log.at("warn").map(({ message }) => message)).toEqual([
      "the broker does not accept QoS 1, so a state may get lost; allow QoS 1 there",
    ]);
  });

  it("does not even hear of a message that is larger than all that it takes", async () => {
    const { observer, log, pins } = await start([]);
    await observer.publish("home/lamp/set", Buffer.alloc(8 * 2 ** 20, "x"));
    await observer.publish("home/lamp/set", "on");
    await observer.until("home/lamp/state", "ON");
    expect(pins.level(17)).toBe(1);
    expect(log.at("warn")).toEqual([]);
  });

  it("names the machine that came with its id, of which this broker says nothing", async () => {
    const broker = await startMosquitto();
    ending.push(() => broker.stop());
    const { log, connected } = busBench([broker], { rival: () => 'the machine "cellar-pi"' });
    await until(() => connected() === 1);
    const other = await Observer.connect(broker.port, { clientId: settingsFor(broker.port, "it").clientId });
    ending.push(() => other.close());
    await until(() => log.at("warn").length > 0);
    expect(log.at("warn")).toMatchObject([
      {
        reason: expect.stringContaining('most likely the machine "cellar-pi"; give each agent an agent.id of its own'),
      },
    ]);
  });

  it("goes on in MQTT 5 after the broker was frozen for so long that it neither served nor let in", async () => {
    const { broker, observer, log, pins } = await start([], { keepaliveMs: 1_000 });
    broker.freeze();
    const silent = () =>
      log.at("warn").some(({ reason }) => String(reason).startsWith("it does not answer; is it frozen"));
    while (!silent()) await new Promise((resolve) => setTimeout(resolve, 50));
    broker.thaw();
    while (times(log, "connected to the broker") < 2) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(log.at("info").filter(({ message }) => message === "connected to the broker")).toMatchObject([
      { protocol: "MQTT 5" },
      { protocol: "MQTT 5" },
    ]);
    const late = await Observer.connect(broker.port);
    await late.publish("home/lamp/set", "on", { retain: true });
    await late.publish("home/lamp/set", "off");
    await late.until("home/lamp/state", "OFF");
    expect(pins.history(17)).toEqual([0]);
    await late.close();
    expect(observer.seen.length).toBeGreaterThan(0);
  }, 60_000);
});
