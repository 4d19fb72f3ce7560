import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Agent } from "../../src/agent.ts";
import { simulatedBank } from "../../src/gpio/simulated.ts";
import { startRealAgent } from "./agent.ts";
import { mosquittoMissing, startAedes, startMosquitto, type TestBroker } from "./brokers.ts";
import { Observer } from "./observer.ts";
import { cannotRun } from "./required.ts";

const brokers = [
  { name: "the embedded broker", start: startAedes, missing: undefined },
  { name: "Mosquitto", start: () => startMosquitto(), missing: mosquittoMissing },
];

/** What a newcomer must find. */
const kept = [
  "home/climate",
  "home/door",
  "home/lamp/state",
  ...["lamp", "door", "climate"].map((name) => `home/${name}/availability`),
  "pi2mqtt/test/status",
];

describe.each(brokers)("an agent and $name", ({ start, missing }) => {
  if (missing !== undefined) return cannotRun(missing);

  let broker: TestBroker;
  let observer: Observer;
  const agents: Agent[] = [];
  const startAgentHere = async (options: Parameters<typeof startRealAgent>[1] = {}) => {
    const started = await startRealAgent(broker.port, options);
    agents.push(started.agent);
    await observer.until("pi2mqtt/test/status", "online");
    return started;
  };

  beforeEach(async () => {
    broker = await start();
    observer = await Observer.connect(broker.port);
  });

  afterEach(async () => {
    for (const agent of agents.splice(0)) await agent.stop();
    await observer.close();
    await broker.stop();
  });

  it("switches the lamp on both topics, in every spelling, and says what happened", async () => {
    const { pins } = await startAgentHere();
    const steps = [
      ["home/lamp", "on", "ON"],
      ["home/lamp/set", "OFF", "OFF"],
      ["home/lamp", " Toggle\n", "ON"],
      ["home/lamp/set", "0", "OFF"],
      ["home/lamp", "true", "ON"],
      ["home/lamp", '{"state":"off"}', "OFF"],
      ["home/lamp/set", '{"state":"ON"}', "ON"],
    ] as const;
    for (const [topic, payload, state] of steps) {
      await observer.publish(topic, payload);
      await observer.until("home/lamp/state", state);
      expect(pins.level(17)).toBe(state === "ON" ? 1 : 0);
    }
  });

  it("publishes readings, contacts and availability, retained for whoever comes later", async () => {
    const { pins } = await startAgentHere();
    await observer.until("home/climate/availability", "online");
    pins.drive(5, 0);
    await observer.until("home/door", "OFF");
    const retained = await Observer.retainedOn(broker.port, ...kept);
    expect(JSON.parse(retained.get("home/climate") ?? "")).toEqual({
      temperature: expect.any(Number),
      humidity: expect.any(Number),
      ts: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
    expect(retained.get("home/door")).toBe("OFF");
    expect(retained.get("home/lamp/state")).toBe("OFF");
    for (const name of ["lamp", "door", "climate"]) expect(retained.get(`home/${name}/availability`)).toBe("online");
    expect(retained.get("pi2mqtt/test/status")).toBe("online");
  });

  it("never obeys a retained command", async () => {
    await observer.publish("home/lamp", "on", { retain: true });
    await observer.publish("home/lamp/set", "on", { retain: true });
    const { pins } = await startAgentHere();
    await observer.publish("home/lamp/set", "off");
    await observer.until("home/lamp/state", "OFF");
    expect(pins.history(17)).toEqual([0]);
  });

  it("never obeys what was said while it was away", async () => {
    const pins = simulatedBank();
    const { agent } = await startAgentHere({ pins });
    await agent.stop();
    await observer.until("pi2mqtt/test/status", "offline");
    await observer.publish("home/lamp", "on");
    await startAgentHere({ pins });
    await observer.publish("home/lamp", "off");
    await observer.until("home/lamp/state", "OFF");
    expect(pins.history(17)).toEqual([0]);
  });

  it("ends a burst of commands at the last one, and says where it has ended", async () => {
    const { pins } = await startAgentHere();
    const before = observer.on("home/lamp/state").length;
    const commands = Array.from({ length: 2_000 }, (_one, index) => (index % 3 === 0 ? "off" : "on"));
    await Promise.all(commands.map((command) => observer.publish("home/lamp", command)));
    await observer.publish("home/lamp", '{"state":"on","id":"last"}');
    await observer.untilTrue(() => observer.on("home/lamp/result").length === 1);
    const states = observer.on("home/lamp/state").slice(before);
    expect(states.at(-1)).toBe("ON");
    expect(pins.level(17)).toBe(1);
    expect(states.length).toBeLessThanOrEqual(commands.length + 1);
  });

  it("says every state, in its order, where each command is sent when the state before it was heard", async () => {
    await startAgentHere();
    const before = observer.on("home/lamp/state").length;
    const commands = Array.from({ length: 50 }, (_one, index) => (index % 3 === 0 ? "off" : "on"));
    for (const [index, command] of commands.entries()) {
      await observer.publish("home/lamp", command);
      await observer.untilTrue(() => observer.on("home/lamp/state").length > before + index);
    }
    expect(observer.on("home/lamp/state").slice(before)).toEqual(commands.map((command) => command.toUpperCase()));
  });

  it("comes back to a broker that was restarted and has lost all it knew", async () => {
    const { pins } = await startAgentHere();
    await observer.publish("home/lamp", "on");
    await observer.until("home/lamp/state", "ON");
    await broker.stop();
    pins.drive(5, 0);
    await broker.restart();
    const retained = await Observer.retainedOn(broker.port, ...kept);
    expect(retained.get("home/lamp/state")).toBe("ON");
    expect(retained.get("home/door")).toBe("OFF");
    expect(retained.get("pi2mqtt/test/status")).toBe("online");
    expect(JSON.parse(retained.get("home/climate") ?? "{}")).toHaveProperty("temperature");
    const late = await Observer.connect(broker.port);
    await late.publish("home/lamp", "off");
    await late.until("home/lamp/state", "OFF");
    expect(pins.level(17)).toBe(0);
    await late.close();
  });

  it("says goodbye: outputs at rest, states true, everything offline", async () => {
    const { agent, pins } = await startAgentHere();
    await observer.publish("home/lamp", "on");
    await observer.until("home/lamp/state", "ON");
    await agent.stop();
    await observer.until("pi2mqtt/test/status", "offline");
    expect(pins.level(17)).toBe(0);
    expect(observer.on("home/lamp/state").at(-1)).toBe("OFF");
    for (const name of ["lamp", "door", "climate"])
      expect(observer.on(`home/${name}/availability`).at(-1)).toBe("offline");
  });

  it("refuses malformed commands with a short reason each and one warning, and changes nothing", async () => {
    const { pins, log } = await startAgentHere();
    const payloads = [
      "brighter",
      Buffer.alloc(200 * 1024, "x"),
      Buffer.from([0x6f, 0x6e, 0xff]),
      "on\0",
      "[".repeat(4_000),
      '{"state":"ON","on_tme":5}',
    ];
    for (const payload of payloads) await observer.publish("home/lamp/set", payload);
    await observer.publish("home/lamp/set", "off");
    await observer.until("home/lamp/state", "OFF");
    await observer.untilTrue(() => observer.on("home/lamp/state").length >= 2);
    expect(pins.history(17)).toEqual([0]);
    const refusals = log.lines.filter(({ message }) => message === "refused a command");
    expect(refusals.map(({ level }) => level)).toEqual(["warn", ...refusals.slice(1).map(() => "debug")]);
    expect(refusals.map(({ reason }) => reason)).toEqual([
      "say on, off or toggle, 1 or 0, true or false",
      "it is longer than 4096 bytes",
      "it is not UTF-8 text",
      "it has a NUL character",
      "it is not valid JSON",
      'there is no "on_tme" in a command; say {"state":"ON"}, with "on_time" in seconds if wanted',
    ]);
    for (const { payload } of refusals) expect(String(payload).length).toBeLessThanOrEqual(41);
  });
});
