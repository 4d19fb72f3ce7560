import { describe, expect, it } from "vitest";
import type { LogLevel } from "../../src/core/log/log.ts";
import { FakeBus } from "../fakes/bus.ts";
import { settled } from "../fakes/clock.ts";
import { startHouse } from "../fakes/house.ts";
import { FakeTree } from "../fakes/tree.ts";

const yaml = `devices:
  lamp: {kind: relay, topic: home/lamp, pin: 17}
  cellar: {kind: ds18b20, topic: home/cellar, every: 1m}
`;
const pi4 = new FakeTree({
  "/proc/device-tree/model": "Raspberry Pi 4 Model B Rev 1.4\0",
  "/proc/device-tree/compatible": "raspberrypi,4-model-b\0brcm,bcm2711\0",
  "/sys/class/thermal/thermal_zone0/type": "cpu-thermal\n",
  "/sys/class/thermal/thermal_zone0/temp": "47234\n",
  "/sys/class/hwmon/hwmon1/name": "rpi_volt\n",
  "/sys/class/hwmon/hwmon1/in0_lcrit_alarm": "1\n",
});

/** What the agent says of itself on one of its topics. */
async function said(bus: FakeBus, topic: string): Promise<Record<string, unknown>> {
  await settled();
  return JSON.parse(bus.retained.get(`pi2mqtt/test/${topic}`) ?? "{}") as Record<string, unknown>;
}

describe("what the agent says of itself", () => {
  it("is its version, its machine and its devices", async () => {
    const { bus } = await startHouse(yaml, { files: pi4 });
    expect(await said(bus, "info")).toEqual({
      version: "1.2.3",
      backends: {},
      devices: {
        lamp: { kind: "relay", topic: "home/lamp" },
        cellar: { kind: "ds18b20", topic: "home/cellar" },
      },
      model: "Raspberry Pi 4 Model B Rev 1.4",
      chip: "bcm2711",
    });
  });

  it("is its health, anew each minute: uptime, failures, heat and a weak supply", async () => {
    const { bus, clock } = await startHouse(yaml, { files: pi4 });
    expect(await said(bus, "health")).toMatchObject({
      uptime: 0,
      reconnects: 0,
      queue: 0,
      dropped: 0,
      cpu_temperature: 47.2,
      under_voltage: true,
    });
    await clock.advance(3 * 60_000);
    const { uptime, failures, memory } = await said(bus, "health");
    expect(uptime).toBe(180);
    expect(failures).toMatchObject({ cellar: expect.any(Number) });
    expect(failures).not.toHaveProperty("lamp");
    expect(memory).toBeGreaterThan(1);
  });

  it("leaves out what a sandbox hides", async () => {
    const files = new FakeTree();
    files.list = () => Promise.reject(Object.assign(new Error("no"), { code: "EACCES" }));
    const { bus } = await startHouse("devices:\n  lamp: {kind: relay, topic: home/lamp, pin: 17}\n", { files });
    const health = await said(bus, "health");
    expect(health).toMatchObject({ uptime: 0 });
    expect(health).not.toHaveProperty("cpu_temperature");
  });

  it("comes with a word that the agent is online, should an old last will have said otherwise meanwhile", async () => {
    const { bus, clock } = await startHouse(yaml, { files: pi4 });
    bus.retained.set("pi2mqtt/test/status", "offline");
    await clock.advance(60_000);
    expect(bus.retained.get("pi2mqtt/test/status")).toBe("online");
  });

  it("leaves out what this machine does not show, and counts how often the broker was lost", async () => {
    const { bus } = await startHouse(yaml);
    bus.disconnect({ forget: true });
    bus.connect();
    const health = await said(bus, "health");
    expect(health).toMatchObject({ reconnects: 1 });
    expect(health).not.toHaveProperty("cpu_temperature");
    expect(health).not.toHaveProperty("under_voltage");
  });
});

describe("why the agent started", () => {
  const tree = (bootId: string) => new FakeTree({ "/proc/sys/kernel/random/boot_id": `${bootId}\n` });

  async function startAfter(first: (house: Awaited<ReturnType<typeof startHouse>>) => Promise<unknown>, bootId = "a") {
    const bus = new FakeBus();
    await first(await startHouse(yaml, { bus, files: tree("a") }));
    await settled();
    await startHouse(yaml, { bus, files: tree(bootId) });
    return (await said(bus, "health"))["restart_reason"];
  }

  it("is that it was stopped, or asked to restart", async () => {
    expect(await startAfter(({ agent }) => agent.stop())).toBe("stopped");
    const pressed = startAfter(async ({ agent, bus }) => {
      bus.receive("pi2mqtt/test/restart", "PRESS");
      await agent.stop();
    });
    expect(await pressed).toBe("restart asked");
  });

  it("is a crash, or the start of the machine, where nothing was said in the end", async () => {
    expect(await startAfter(async () => {})).toBe("crash");
    expect(await startAfter(async () => {}, "b")).toBe("power-on or reboot");
  });

  it("is absent if the broker has kept nothing, also after a reconnect", async () => {
    const { bus } = await startHouse(yaml, { files: tree("a") });
    expect(await said(bus, "health")).not.toHaveProperty("restart_reason");
    bus.disconnect();
    bus.connect();
    expect(await said(bus, "health")).not.toHaveProperty("restart_reason");
  });
});

describe("what the agent is told", () => {
  function controls() {
    const done: string[] = [];
    return {
      done,
      restart: () => void done.push("restart"),
      logLevel: "info" as LogLevel,
      setLogLevel(level: LogLevel) {
        this.logLevel = level;
      },
    };
  }

  it("is to start anew", async () => {
    const own = controls();
    const { bus } = await startHouse(yaml, { controls: own });
    bus.receive("pi2mqtt/test/restart", "PRESS");
    expect(own.done).toEqual(["restart"]);
  });

  it("is the level of its log, which it says again", async () => {
    const { bus } = await startHouse(yaml, { controls: controls() });
    expect(bus.retained.get("pi2mqtt/test/log_level")).toBe("info");
    bus.receive("pi2mqtt/test/log_level/set", "debug");
    expect(bus.retained.get("pi2mqtt/test/log_level")).toBe("debug");
  });

  it.each([
    ["restart", "now", false],
    ["restart", "PRESS", true],
    ["log_level/set", "loud", false],
  ])("is refused where it is nonsense or retained: %s %s", async (topic, payload, retained) => {
    const own = controls();
    const { bus, log } = await startHouse(yaml, { controls: own });
    bus.receive(`pi2mqtt/test/${topic}`, payload, { retained });
    expect([own.done, own.logLevel]).toEqual([[], "info"]);
    expect(log.at("warn").at(-1)).toMatchObject({ message: "refused a command", payload });
  });
});
