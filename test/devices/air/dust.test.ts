import { describe, expect, it } from "vitest";
import { checked } from "../../config/checked.ts";
import { FakeClock } from "../../fakes/clock.ts";
import { startFailing, startSensor, warnings } from "../../fakes/sensor.ts";
import { FakeSerial, hex } from "../../fakes/serial.ts";
import { FakeTree } from "../../fakes/tree.ts";

/** Starts a sensor that says something every second. */
async function startSpeaking(options: string, bytes: readonly number[], parts: { files?: FakeTree } = {}) {
  const serial = new FakeSerial();
  const clock = new FakeClock();
  let words = bytes;
  const says = (others: readonly number[]) => {
    words = others;
  };
  const speak = () => {
    serial.say(words);
    clock.after(1_000, speak);
  };
  clock.after(500, speak);
  const sensor = await startSensor(options, { serial, clock, ...parts });
  await clock.advance(1_000);
  return { ...sensor, serial, says };
}

describe("sds011", () => {
  /** PM2.5 = (0x04 * 256 + 0xD4) / 10 = 123.6, PM10 = (0x0A * 256 + 0x62) / 10 = 265.8; D4+04+62+0A+A1+60 = 0x245. */
  const report = hex("AA C0 D4 04 62 0A A1 60 45 AB");

  it("takes what it says, and tells it nothing unasked", async () => {
    const sensor = await startSpeaking("kind: sds011, port: /dev/serial0", report);
    expect(sensor.reading()).toEqual({ pm25: 123.6, pm10: 265.8 });
    expect(sensor.serial.written).toEqual([]);
  });

  it("publishes nothing as long as both are 0, as after its start, and clean air where one is not", async () => {
    const sensor = await startSpeaking("kind: sds011, port: /dev/serial0", hex("AA C0 00 00 00 00 A1 60 01 AB"));
    await sensor.clock.advance(60_000);
    expect(sensor.bus.retained.has("it")).toBe(false);
    expect(warnings(sensor)).toEqual(["the sensor gives 0 for all dust, as before it has measured any"]);
    // PM10 is 0.1: A1 + 60 + 01 = 102.
    sensor.says(hex("AA C0 00 00 01 00 A1 60 02 AB"));
    await sensor.clock.advance(120_000);
    expect(sensor.reading()).toEqual({ pm25: 0, pm10: 0.1 });
  });

  it("sets the working period", async () => {
    const sensor = await startSpeaking("kind: sds011, port: /dev/serial0, working_period: 1m", report);
    // The example of the protocol's description for one minute.
    expect(sensor.serial.written).toEqual([hex("AA B4 08 01 01 00 00 00 00 00 00 00 00 00 00 FF FF 08 AB")]);
  });

  it("takes whole minutes only", () => {
    const { problems } = checked("devices:\n  it: {kind: sds011, topic: t, port: /dev/serial0, working_period: 90s}\n");
    expect(problems).toEqual([
      expect.stringMatching(
        / devices\.it\.working_period: the sensor takes whole minutes only; write 1m to 30m, or 0s$/,
      ),
    ]);
  });

  it("works all the time again where it is told 0s", async () => {
    const sensor = await startSpeaking("kind: sds011, port: /dev/serial0, working_period: 0s", report);
    // 08 + 01 + 00 + FF + FF = 207.
    expect(sensor.serial.written).toEqual([hex("AA B4 08 01 00 00 00 00 00 00 00 00 00 00 00 FF FF 07 AB")]);
  });

  it("keeps what it said last while it sleeps, and not longer", async () => {
    const sensor = await startSpeaking("kind: sds011, port: /dev/serial0, working_period: 2m, every: 10s", report);
    sensor.says([]);
    await sensor.clock.advance(170_000);
    expect(sensor.bus.retained.get("it/availability")).toBe("online");
    await sensor.clock.advance(60_000);
    expect(sensor.bus.retained.get("it/availability")).toBe("offline");
    expect(warnings(sensor)).toEqual([
      "nothing comes from /dev/serial0; wait for 2 minutes, because it may sleep; else check its 5 V supply and its wiring",
    ]);
  });

  it("is offline soon after it falls silent where it was not told to sleep", async () => {
    const sensor = await startSpeaking("kind: sds011, port: /dev/serial0, every: 10s", report);
    sensor.says([]);
    await sensor.clock.advance(60_000);
    expect(sensor.bus.retained.get("it/availability")).toBe("offline");
    expect(warnings(sensor)).toEqual([
      "nothing comes from /dev/serial0; write its working_period if it was told to sleep; else check its 5 V supply and its wiring",
    ]);
  });

  it("publishes nothing of a report with a wrong sum", async () => {
    const serial = new FakeSerial();
    const clock = new FakeClock();
    const speak = () => {
      serial.say(hex("AA C0 D4 04 62 0A A1 60 46 AB"));
      clock.after(1_000, speak);
    };
    speak();
    const failed = await startFailing("kind: sds011, port: /dev/serial0, every: 1s", { serial, clock });
    await clock.advance(60_000);
    expect(failed.bus.retained.has("it")).toBe(false);
    expect(failed.log.at("warn").map((line) => line["reason"])).toEqual([
      "what comes from /dev/serial0 at 9600 baud has no whole frame with a right checksum; check that this is the right port and kind, and the wiring",
    ]);
  });
});

describe("pms5003", () => {
  /**
   * 32 bytes: for a factory 1, 2, 3; in air 10, 20, 258; six counts of 0; version 0x97. The sum of all bytes: 42 + 4D + 1C = AB, + 01 + 02 +
   * 03 = B1, + 0A + 14 + 01 + 02 = D2, + 97 = 169.
   */
  const report = hex("42 4D 00 1C 00 01 00 02 00 03 00 0A 00 14 01 02 00 00 00 00 00 00 00 00 00 00 00 00 97 00 01 69");
  /** A PMS3003: 24 bytes; the sum is 42 + 4D + 14 = A3, + 06 = A9, + 21 = CA. */
  const short = hex("42 4D 00 14 00 01 00 02 00 03 00 0A 00 14 01 02 00 00 00 00 00 00 00 CA");

  it.each([
    ["a PMS5003", report],
    ["a PMS3003", short],
  ])("takes the concentrations in air from %s", async (_which, bytes) => {
    const sensor = await startSpeaking("kind: pms5003, port: /dev/serial0", bytes);
    expect(sensor.reading()).toEqual({ pm1: 10, pm25: 20, pm10: 258 });
  });

  it("waits for 30 s after power-on, in which its values are not stable", async () => {
    const files = new FakeTree({ "/proc/uptime": "10.00 9.00\n" });
    const sensor = await startSpeaking("kind: pms5003, port: /dev/serial0, every: 1s", report, { files });
    await sensor.clock.advance(17_000);
    expect(sensor.bus.retained.has("it")).toBe(false);
    await sensor.clock.advance(15_000);
    expect(sensor.reading()).toEqual({ pm1: 10, pm25: 20, pm10: 258 });
  });

  it("is offline soon after it falls silent, and online when it speaks again", async () => {
    const sensor = await startSpeaking("kind: pms5003, port: /dev/serial0, every: 2s", report);
    sensor.says([]);
    await sensor.clock.advance(40_000);
    expect(sensor.bus.retained.get("it/availability")).toBe("offline");
    sensor.says(report);
    await sensor.clock.advance(40_000);
    expect(sensor.bus.retained.get("it/availability")).toBe("online");
  });
});
