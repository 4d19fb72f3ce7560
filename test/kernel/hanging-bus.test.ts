import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { mosquittoMissing, startMosquitto, type TestBroker } from "../e2e/brokers.ts";
import { Observer } from "../e2e/observer.ts";
import { cannotRun } from "../e2e/required.ts";
import { type AgentProcess, startAgentProcess } from "./agent-process.ts";
import { SimulatedChip } from "./gpio-sim.ts";
import { LabBus } from "./parts/lab-bus.ts";
import { simulatedRows } from "./parts/simulated-rows.ts";

/** The variables that the service sets. */
function serviceEnvironment(): Record<string, string> {
  const unit = readFileSync(new URL("../../systemd/pi2mqtt.service", import.meta.url), "utf8");
  return Object.fromEntries([...unit.matchAll(/^Environment=(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
}

describe("buses on which each transfer takes 10 s and fails", () => {
  if (mosquittoMissing !== undefined) return cannotRun(mosquittoMissing);

  const sht3x = simulatedRows.find(({ kind }) => kind === "sht3x");
  if (sht3x === undefined) throw new Error("there is no row of the sht3x");
  const parts = [sht3x, { ...sht3x, address: 0x44 }];
  let broker: TestBroker;
  let observer: Observer;
  let header: SimulatedChip;
  let agent: AgentProcess | undefined;
  let buses: LabBus[] = [];

  beforeAll(async () => {
    header = new SimulatedChip({ label: "pinctrl-bcm2711" });
    broker = await startMosquitto();
    observer = await Observer.connect(broker.port);
  });
  afterEach(async () => {
    for (const bus of buses) bus.setHanging(0);
    await agent?.stop();
    for (const bus of buses.splice(0)) bus.remove();
  });
  afterAll(async () => {
    await observer.close();
    await broker.stop();
    header.remove();
  });

  it("five of them delay the sensors on them, and neither the sensors of a sixth one nor commands", async () => {
    buses = await LabBus.simulated(6);
    for (const bus of buses) {
      for (const part of parts) {
        bus.setAnswers(part, part.answers);
        bus.plugIn(part);
      }
    }
    const names = buses.flatMap((bus) =>
      parts.map(({ address }) => ({ bus: bus.number, address, topic: `${bus.number}/${address}` })),
    );
    const sensors = names.map(
      ({ bus, address, topic }, index) =>
        `  s${index}: {kind: sht3x, topic: "${topic}", bus: ${bus}, address: ${address}, every: 1s}\n`,
    );
    const lamp = "  lamp: {kind: relay, topic: home/lamp, pin: 17}\n";
    agent = startAgentProcess(`devices:\n${lamp}${sensors.join("")}`, broker.port, undefined, serviceEnvironment());
    for (const { topic } of names) await observer.until(`${topic}/availability`, "online");

    for (const bus of buses.slice(1)) bus.setHanging(10_000);
    const healthy = names.filter(({ bus }) => bus === buses[0]?.number);
    const before = healthy.map(({ topic }) => observer.on(topic).length);
    let slowestMs = 0;
    const began = performance.now();
    while (performance.now() < began + 15_000) {
      for (const word of ["on", "off"]) {
        const askedMs = performance.now();
        await observer.publish("home/lamp", word);
        await observer.until("home/lamp/state", word.toUpperCase());
        slowestMs = Math.max(slowestMs, performance.now() - askedMs);
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(slowestMs).toBeLessThan(1_000);
    for (const [index, { topic }] of healthy.entries()) {
      expect(observer.on(topic).length - (before[index] ?? 0)).toBeGreaterThan(9);
      expect(observer.on(`${topic}/availability`).at(-1)).toBe("online");
    }
    for (const { topic } of names.filter((name) => !healthy.includes(name)))
      await observer.until(`${topic}/availability`, "offline");

    for (const bus of buses) bus.setHanging(0);
    for (const { topic } of names) await observer.until(`${topic}/availability`, "online");
  });
});
