import { describe, expect, it } from "vitest";
import { FakeBus } from "../fakes/bus.ts";
import { settled } from "../fakes/clock.ts";
import { startHouse } from "../fakes/house.ts";
import { FakeTree } from "../fakes/tree.ts";
import { HomeAssistant } from "./home-assistant.ts";

const yaml = "devices:\n  lamp: {kind: relay, topic: home/lamp, pin: 17}\n";

it("a whole agent is found by Home Assistant, and tells it the states after discovery when it starts again", async () => {
  const { bus, clock } = await startHouse(yaml);
  const homeAssistant = new HomeAssistant(bus);
  await clock.advance(10_000);
  expect(homeAssistant.shown).toContain("test__lamp__relay");
  expect(homeAssistant.shown).toContain("test__restart");
  const before = bus.published.length;
  homeAssistant.disconnect();
  homeAssistant.connect();
  await clock.advance(5_000);
  const topics = bus.published.slice(before).map(({ topic }) => topic);
  const discovery = topics.indexOf("homeassistant/device/test/config");
  expect(discovery).toBeGreaterThanOrEqual(0);
  for (const topic of ["home/lamp/state", "home/lamp/availability", "pi2mqtt/test/status"])
    expect(topics.indexOf(topic)).toBeGreaterThan(discovery);
});

describe("what Home Assistant is told of the machine", () => {
  const alarm = { "/sys/class/hwmon/hwmon1/name": "rpi_volt\n", "/sys/class/hwmon/hwmon1/in0_lcrit_alarm": "1\n" };
  const zone = {
    "/sys/class/thermal/thermal_zone0/type": "cpu-thermal\n",
    "/sys/class/thermal/thermal_zone0/temp": "47234\n",
  };
  const board = {
    "/proc/device-tree/model": "Raspberry Pi 4 Model B Rev 1.4\0",
    "/proc/device-tree/serial-number": "10000000abcdef01\0",
    "/proc/device-tree/compatible": "raspberrypi,4-model-b\0brcm,bcm2711\0",
  };

  async function message(files: Record<string, string>) {
    const { bus, clock } = await startHouse(yaml, { files: new FakeTree(files) });
    await clock.advance(10_000);
    return JSON.parse(bus.retained.get("homeassistant/device/test/config") ?? "");
  }

  it.each([
    [
      "a Raspberry Pi, whose drivers may come later",
      board,
      ["cpu_temperature__sensor", "under_voltage__binary_sensor"],
    ],
    ["another board with a sensor", zone, ["cpu_temperature__sensor"]],
    ["a supply that is watched", alarm, ["under_voltage__binary_sensor"]],
    ["a machine that tells nothing", {}, []],
  ])("is what it can tell: %s", async (_what, files, shown) => {
    const { cmps } = await message(files);
    expect(Object.keys(cmps).filter((id) => /^(cpu|under)_/.test(id))).toEqual(shown);
  });

  it("is what a Raspberry Pi is", async () => {
    expect((await message(board)).dev).toMatchObject({
      mf: "Raspberry Pi",
      mdl: "Raspberry Pi 4 Model B",
      hw: "Rev 1.4",
      sn: "10000000abcdef01",
    });
    const { dev } = await message({});
    for (const key of ["mf", "mdl", "hw", "sn"]) expect(dev).not.toHaveProperty(key);
  });
});

it("why the agent started is learnt, also where the broker sends first what was announced", async () => {
  const bus = new FakeBus();
  const { agent, clock } = await startHouse(yaml, { bus });
  await clock.advance(10_000);
  await agent.stop();
  const health = bus.retained.get("pi2mqtt/test/health") ?? "";
  bus.retained.delete("pi2mqtt/test/health");
  await startHouse(yaml, { bus });
  bus.receive("pi2mqtt/test/health", health, { retained: true });
  await settled();
  expect(JSON.parse(bus.retained.get("pi2mqtt/test/health") ?? "")).toMatchObject({ restart_reason: "stopped" });
});
