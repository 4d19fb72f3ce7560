import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { mosquittoMissing, startMosquitto, type TestBroker } from "../../e2e/brokers.ts";
import { Observer } from "../../e2e/observer.ts";
import { cannotRun } from "../../e2e/required.ts";
import { type AgentProcess, startAgentProcess } from "../agent-process.ts";
import { climateRows } from "./climate-rows.ts";
import { electricityRows } from "./electricity-rows.ts";
import { LabBus } from "./lab-bus.ts";
import { seldomRows, simulatedRows } from "./simulated-rows.ts";

describe("the built agent reads parts through the kernel's own drivers", () => {
  if (mosquittoMissing !== undefined) return cannotRun(mosquittoMissing);

  let broker: TestBroker;
  let observer: Observer;
  let agent: AgentProcess | undefined;
  let buses: LabBus[] = [];

  beforeAll(async () => {
    broker = await startMosquitto();
    observer = await Observer.connect(broker.port);
  });
  afterEach(async () => {
    await agent?.stop();
    for (const bus of buses.splice(0)) bus.remove();
    observer.seen.length = 0;
  });
  afterAll(async () => {
    await observer.close();
    await broker.stop();
  });

  /** Starts the agent with a device for each of these parts, whose topic is the name of its kind. */
  const start = (bus: LabBus, parts: readonly { kind: string; address: number; every?: string; more?: string }[]) => {
    const devices = parts.map(
      ({ kind, address, every = "1s", more = "" }) =>
        `  ${kind}: {kind: ${kind}, topic: ${kind}, bus: ${bus.number}, address: ${address}, every: ${every}${more}}\n`,
    );
    agent = startAgentProcess(`devices:\n${devices.join("")}`, broker.port);
  };
  const availability = (kind: string) =>
    expect.poll(() => observer.on(`${kind}/availability`).at(-1), { timeout: 60_000 });
  /** What was published last, without its time. */
  const reading = (kind: string) =>
    expect.poll(
      () => {
        const { ts, ...values } = JSON.parse(observer.on(kind).at(-1) ?? "{}") as Record<string, unknown>;
        return values;
      },
      { timeout: 60_000 },
    );

  it.each([
    ["climate", climateRows],
    ["electricity and others", electricityRows],
  ])(
    "over SMBus (%s): publishes what their registers say, and notices that a driver lost one and found it again",
    async (_what, stubParts) => {
      const bus = await LabBus.stub(stubParts.map(({ address }) => address));
      buses = [bus];
      for (const part of stubParts) {
        bus.setRegisters(part, part.registers);
        bus.plugIn(part);
      }
      start(bus, stubParts);
      for (const { kind, reads } of stubParts) await reading(kind).toEqual(reads);

      const [first, ...others] = stubParts;
      if (first === undefined) return;
      bus.unplug(first);
      await availability(first.kind).toBe("offline");
      for (const { kind } of others) expect(observer.on(`${kind}/availability`).at(-1)).toBe("online");
      for (const part of others) bus.unplug(part);
      for (const { kind } of others) await availability(kind).toBe("offline");

      for (const part of stubParts) {
        bus.setRegisters(part, part.registersThen);
        bus.plugIn(part);
      }
      for (const { kind, readsThen } of stubParts) {
        await availability(kind).toBe("online");
        await reading(kind).toEqual(readsThen);
      }
    },
  );

  it("over plain I2C: publishes what those answer that measure seldom", async () => {
    buses = await LabBus.simulated();
    const [bus] = buses as [LabBus];
    for (const part of seldomRows) {
      bus.setAnswers(part, part.answers);
      bus.plugIn(part);
    }
    start(bus, seldomRows);
    for (const { kind, reads } of seldomRows) await reading(kind).toEqual(reads);
  });

  it("over plain I2C: publishes what they answer, and notices that one does not answer and that it does again", async () => {
    buses = await LabBus.simulated();
    const [bus] = buses as [LabBus];
    for (const part of simulatedRows) {
      bus.setAnswers(part, part.answers);
      bus.plugIn(part);
    }
    start(bus, simulatedRows);
    for (const { kind, reads } of simulatedRows) await reading(kind).toEqual(reads);

    for (const part of simulatedRows) bus.setAnswering(part, false);
    for (const { kind } of simulatedRows) await availability(kind).toBe("offline");
    for (const part of simulatedRows) {
      bus.setAnswers(part, part.answersThen);
      bus.setAnswering(part, true);
    }
    for (const { kind, readsThen } of simulatedRows) {
      await availability(kind).toBe("online");
      await reading(kind).toEqual(readsThen);
    }
  });
});
