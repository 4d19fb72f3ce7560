import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { realTime } from "../fakes/pins/pigpiod-bench.ts";
import { PigpiodServer } from "../fakes/pins/pigpiod-server.ts";
import { startAedes, type TestBroker } from "./brokers.ts";
import { Observer } from "./observer.ts";
import { folderWith, startProgram } from "./process.ts";

/**
 * What is kept belongs to real pins only, so these are pigpiod's, by its own protocol. 0.0.0.0 leads to this machine and is taken for
 * another one, whose board nobody asks for.
 */
describe("what a device keeps", () => {
  const daemon = new PigpiodServer();
  let broker: TestBroker;
  let observer: Observer;

  beforeEach(async () => {
    await daemon.listen();
    broker = await startAedes();
    observer = await Observer.connect(broker.port);
  });

  afterEach(async () => {
    await observer.close();
    await broker.stop();
    await daemon.stop();
  });

  it("outlives kill -9 of the built program, and a cover on its way claims no position after it", async () => {
    const yaml = `agent: {id: test}
gpio: {backend: pigpiod, pigpiod: "0.0.0.0:${daemon.port}"}
devices:
  shade: {kind: cover, topic: shade, open_pin: 22, close_pin: 23, open_time: 10s, close_time: 1s, overrun: 0ms}
`;
    const folder = folderWith({ "devices.yaml": yaml });
    const environment = { MQTT_URL: `mqtt://127.0.0.1:${broker.port}`, STATE_DIRECTORY: join(folder, "state") };
    const start = async () => {
      const { child } = startProgram(["run"], { cwd: folder, environment });
      onTestFinished(() => void child.kill("SIGKILL"));
      await observer.until("shade/availability", "online");
      return child;
    };
    const kill = async (child: Awaited<ReturnType<typeof start>>) => {
      child.kill("SIGKILL");
      await once(child, "exit");
      await observer.until("pi2mqtt/test/status", "offline");
      await observer.publish("shade/availability", "offline");
      await observer.until("shade/availability", "offline");
      observer.seen.length = 0;
    };
    const onDisk = (span: readonly [number, number]) =>
      realTime.until(() => keptIn(join(folder, "state", "test.json")).includes(`"position":${JSON.stringify(span)}`));
    /** What it says when it has started anew. */
    const saidFirst = () => JSON.parse(observer.seen.find(({ topic }) => topic === "shade/state")?.payload ?? "{}");

    const first = await start();
    await observer.publish("shade/set", "CLOSE");
    await observer.until("shade/position", "0");
    await onDisk([0, 0]);
    await kill(first);
    const second = await start();
    expect(saidFirst()).toMatchObject({ state: "closed", position: 0 });

    await observer.publish("shade/set", "OPEN");
    await onDisk([0, 100]);
    expect(daemon.pins.at(22).level).toBe(1);
    await kill(second);
    await start();
    expect(saidFirst()).toMatchObject({ state: null, position: null });
    expect([daemon.pins.at(22).level, daemon.pins.at(23).level]).toEqual([0, 0]);
  }, 30_000);
});

function keptIn(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
