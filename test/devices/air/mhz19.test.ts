import { describe, expect, it } from "vitest";
import { startFailing, startSensor, warnings } from "../../fakes/sensor.ts";
import { FakeSerial, hex } from "../../fakes/serial.ts";
import { FakeTree } from "../../fakes/tree.ts";

/** "Read CO2 concentration" of the MH-Z19B's manual, with its checksum. */
const asked = hex("FF 01 86 00 00 00 00 00 79");
/** The manual's answer: 0x0260 = 608 ppm. 0x100 - (0x86 + 0x02 + 0x60 + 0x47) mod 0x100 = 0xD1. */
const answer608 = hex("FF 86 02 60 47 00 00 00 D1");

const options = "kind: mhz19, port: /dev/serial0";

function sensorThat(answers: (serial: FakeSerial) => void): FakeSerial {
  const serial = new FakeSerial();
  serial.onWrite = (bytes) => {
    if (bytes.join() === asked.join()) answers(serial);
  };
  return serial;
}

describe("mhz19", () => {
  it("asks for the concentration at 9600 baud, and gives the line back at the end", async () => {
    const serial = sensorThat((line) => line.say(answer608));
    const sensor = await startSensor(options, { serial });
    expect(sensor.reading()).toEqual({ co2: 608 });
    expect(serial.opened).toEqual([{ port: "/dev/serial0", baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1 }]);
    expect(serial.written).toEqual([asked]);
    await sensor.agent.stop();
    expect([serial.users, sensor.clock.pending]).toEqual([0, 0]);
  });

  it("understands an answer after noise, in pieces", async () => {
    const serial = sensorThat((line) => {
      line.say(hex("00 FF 86 02"));
      line.say(answer608.slice(0, 4));
      line.say(answer608.slice(4));
    });
    expect((await startSensor(options, { serial })).reading()).toEqual({ co2: 608 });
  });

  it.each([
    ["a wrong checksum", hex("FF 86 02 60 47 00 00 00 D2"), "the answer on /dev/serial0 is broken or late: 9 bytes"],
    ["half an answer", answer608.slice(0, 8), "the answer on /dev/serial0 is broken or late: 8 bytes"],
    ["another answer", hex("FF 99 01 00 00 00 00 00 66"), "the answer on /dev/serial0 is broken or late: 9 bytes"],
    ["nothing", [], "nothing answers on /dev/serial0 within 500 ms"],
  ])("publishes nothing of %s, and says it once", async (_what, bytes, reason) => {
    const serial = sensorThat((line) => line.say(bytes));
    const failed = await startFailing(options, { serial });
    expect(failed.isKnown).toBe(false);
    expect(failed.warnings).toEqual([
      `${reason}; check its 5 V supply, and that its TXD is at the Pi's RXD (GPIO15) and its RXD at TXD (GPIO14)`,
    ]);
  });

  it.each([
    // Checksums by hand: 0x100 - (0x01 + 0x79 + 0xA0) mod 0x100 = 0xE6, without A0: 0x86.
    ["automatic_baseline_calibration: true", hex("FF 01 79 A0 00 00 00 00 E6")],
    ["automatic_baseline_calibration: false", hex("FF 01 79 00 00 00 00 00 86")],
    // 2000 = 0x07D0, 0x01 + 0x99 + 0x07 + 0xD0 = 0x171; 5000 = 0x1388, sum 0x135; 10000 = 0x2710, sum 0xD1.
    ["detection_range: 2000", hex("FF 01 99 00 00 00 07 D0 8F")],
    ["detection_range: 5000", hex("FF 01 99 00 00 00 13 88 CB")],
    ["detection_range: 10000", hex("FF 01 99 00 00 00 27 10 2F")],
  ])("sets %s before it asks", async (option, command) => {
    const serial = sensorThat((line) => line.say(answer608));
    await startSensor(`${options}, ${option}`, { serial });
    expect(serial.written).toEqual([command, asked]);
  });

  it("gives no values while the sensor warms up after power-on, which is the Pi's", async () => {
    const serial = sensorThat((line) => line.say(answer608));
    const files = new FakeTree({ "/proc/uptime": "15.20 44.00\n" });
    const sensor = await startSensor(`${options}, every: 2s`, { serial, files });
    await sensor.clock.advance(57_000);
    expect(sensor.bus.retained.has("it")).toBe(false);
    expect(warnings(sensor)).toEqual([
      "the sensor warms up for 75 s after power-on, and its values are wrong until then",
    ]);
    await sensor.clock.advance(22_000);
    expect(sensor.reading()).toEqual({ co2: 608 });
  });

  it("warms up again when its adapter was unplugged, and is offline with one reason meanwhile", async () => {
    const serial = sensorThat((line) => line.say(answer608));
    const sensor = await startSensor(`${options}, every: 2s, warmup_time: 30s`, { serial });
    serial.unplug();
    await sensor.clock.advance(60_000);
    expect(sensor.bus.retained.get("it/availability")).toBe("offline");
    expect(warnings(sensor)).toEqual(["there is no serial port /dev/serial0; plug it in"]);
    const before = sensor.bus.on("it").length;
    serial.plugIn();
    await sensor.clock.advance(29_000);
    expect(sensor.bus.on("it")).toHaveLength(before);
    await sensor.clock.advance(60_000);
    expect(sensor.bus.retained.get("it/availability")).toBe("online");
    expect(serial.users).toBe(1);
  });
});
