import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { mosquittoMissing, startMosquitto, type TestBroker } from "../e2e/brokers.ts";
import { Observer } from "../e2e/observer.ts";
import { cannotRun } from "../e2e/required.ts";
import { type AgentProcess, type LogLine, startAgentProcess } from "./agent-process.ts";
import { LabBus } from "./parts/lab-bus.ts";

describe("the built agent reads parts itself, through /dev/i2c-N", () => {
  if (mosquittoMissing !== undefined) return cannotRun(mosquittoMissing);

  const veml7700 = { name: "veml7700", address: 0x10 };
  const scd30 = { name: "scd30", address: 0x61 };
  const ina3221 = { name: "ina3221", address: 0x41 };
  let broker: TestBroker;
  let observer: Observer;
  let agent: AgentProcess | undefined;
  let bus: LabBus;

  beforeAll(async () => {
    broker = await startMosquitto();
    observer = await Observer.connect(broker.port);
  });
  afterEach(async () => {
    bus.setHanging(0);
    await agent?.stop();
    bus.remove();
    observer.seen.length = 0;
  });
  afterAll(async () => {
    await observer.close();
    await broker.stop();
  });

  const start = async (...devices: readonly string[]) => {
    const lines = devices.map((options, index) => `  d${index}: {${options}, bus: ${bus.number}}\n`);
    agent = startAgentProcess(`devices:\n${lines.join("")}`, broker.port);
  };
  const plugInBus = async () => {
    [bus] = (await LabBus.simulated()) as [LabBus];
    // Gain 2 for 400 ms: 1000 counts are 8.4 lx. The configuration is what was written.
    bus.setAnswers(veml7700, { "-": "0000", "00": "0100", "03": "0000", "04": "e803" });
  };
  const availability = (topic: string) =>
    expect.poll(() => observer.on(`${topic}/availability`).at(-1), { timeout: 60_000 });
  const reading = (topic: string) =>
    expect.poll(
      () => {
        const { ts, ...values } = JSON.parse(observer.on(topic).at(-1) ?? "{}") as Record<string, unknown>;
        return values;
      },
      { timeout: 60_000 },
    );

  it("with a repeated start, and with two transactions for a part that knows none", async () => {
    await plugInBus();
    bus.setAnswers(ina3221, {
      ...{ "-": "0000", "00": "7127", fe: "5449", "0f": "0001" },
      // The datasheet's example of -80 mV, and 12 V.
      ...{ "01": "c180", "02": "2ee0" },
    });
    bus.setAnswers(scd30, {
      ...{ "4600": "0002e3", "0202": "0001b0", "0010": "0000" },
      // The example of the interface description.
      "0300": "43dbcb8c2e8f41d970e7fff54243bf3a1b74",
    });
    await start(
      "kind: veml7700, topic: light, every: 1s",
      "kind: ina3221, topic: supply, every: 1s, address: 0x41, channels: [1]",
      "kind: scd30, topic: air, every: 3s",
    );
    await reading("light").toEqual({ illuminance: 8.4 });
    await reading("supply").toEqual({ voltage_1: 12, current_1: -0.8, power_1: -9.6 });
    await reading("air").toEqual({ co2: 439, temperature: 27.2, humidity: 48.8 });
  });

  it("until it is unplugged, and sets it up again when it is back after a time without its supply", async () => {
    await plugInBus();
    await start("kind: veml7700, topic: light, every: 1s");
    await availability("light").toBe("online");
    bus.setAnswering(veml7700, false);
    await availability("light").toBe("offline");
    bus.setAnswers(veml7700, { "00": "0100", "04": "f401" });
    bus.setAnswering(veml7700, true);
    await availability("light").toBe("online");
    await reading("light").toEqual({ illuminance: 4.2 });
  });

  it("and is offline while its bus hangs, and stops in time all the same", async () => {
    await plugInBus();
    await start("kind: veml7700, topic: light, every: 1s");
    await availability("light").toBe("online");
    bus.setHanging(2_000);
    await availability("light").toBe("offline");
    bus.setHanging(0);
    await availability("light").toBe("online");
  });

  it("unless a driver of the kernel holds its address", async () => {
    await plugInBus();
    const lm75 = { name: "lm75", address: 0x49 };
    bus.setAnswers(lm75, { "-": "0000" });
    bus.plugIn(lm75);
    await start("kind: tsl2561, topic: held, address: 0x49");
    const isWarning = ({ device, level }: LogLine) => device === "d0" && level === "warn";
    const line = await agent?.logged("why it is offline", isWarning);
    expect(line?.["reason"]).toContain(
      `the kernel's driver for lm75 holds 0x49 on I2C bus ${bus.number}; take its overlay`,
    );
  });
});
