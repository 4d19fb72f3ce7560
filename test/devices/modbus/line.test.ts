import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findAnswer } from "../../../src/devices/modbus/modbus-frames.ts";
import { FakeClock } from "../../fakes/clock.ts";
import { startHouse } from "../../fakes/house.ts";
import { startFailing, startSensor, warnings } from "../../fakes/sensor.ts";
import { FakeSerial, hex } from "../../fakes/serial.ts";
import { device, meterLine, withCrc } from "./meter.ts";

const power = "power: {register: 12, unit: W, device_class: power}";
const hint = "check that unit, baud_rate and parity are those of the meter, and that A and B are not exchanged";

describe("a line with Modbus meters", () => {
  it("is silent for 3.5 characters between the meters, which are asked in turns", async () => {
    const { serial, clock, asked, answeredAtMs } = meterLine(({ unit }) => [0, unit]);
    const devices = [1, 2, 3].map(
      (unit) => `  m${unit}: {topic: m${unit}, ${device(power, `baud_rate: 1200, unit: ${unit}, `)}}`,
    );
    const { bus } = await startHouse(`devices:\n${devices.join("\n")}\n`, { serial, clock });
    await clock.advance(1_000);
    expect(asked.map(({ unit }) => unit)).toEqual([1, 2, 3]);
    // 3.5 characters of 11 bits at 1200 baud.
    const silence = (3.5 * 11 * 1_000) / 1_200;
    for (const [index, { atMs }] of asked.slice(1).entries()) {
      const sinceAnswerMs = atMs - (answeredAtMs[index] ?? Number.NaN);
      expect(sinceAnswerMs).toBeGreaterThanOrEqual(silence);
      expect(sinceAnswerMs).toBeLessThan(silence + 2);
    }
    for (const unit of [1, 2, 3])
      expect(JSON.parse(bus.retained.get(`m${unit}`) ?? "{}")).toMatchObject({ power: unit });
  });

  it("never gives an answer that comes late to the request after it", async () => {
    // The first request is answered after 1.5 s, when it was given up, and the others after 0.9 s. Both devices read the same unit.
    const serial = new FakeSerial();
    const clock = new FakeClock();
    let requests = 0;
    serial.onWrite = ([, , , register = 0]) => {
      requests += 1;
      const answer = withCrc([1, 3, 2, 0, register]);
      clock.after(requests === 1 ? 1_500 : 900, () => serial.say(answer));
    };
    const devices = [12, 13].map(
      (register) => `  m${register}: {topic: m${register}, ${device(`power: {register: ${register}}`)}}`,
    );
    const { bus } = await startHouse(`devices:\n${devices.join("\n")}\n`, { serial, clock });
    await clock.advance(60_000);
    for (const register of [12, 13]) {
      expect(bus.on(`m${register}`).length).toBeGreaterThan(2);
      for (const payload of bus.on(`m${register}`)) expect(JSON.parse(payload)).toMatchObject({ power: register });
    }
  });

  it.each([
    ["nothing", [], "nothing answers on /dev/ttyS9 within 1018 ms"],
    ["a wrong checksum", hex("01 03 02 00 05 78 48"), "the answer on /dev/ttyS9 is broken or late: 7 bytes"],
    ["half an answer", withCrc([1, 3, 2, 0, 5]).slice(0, 5), "the answer on /dev/ttyS9 is broken or late: 5 bytes"],
    ["an answer of another unit", withCrc([2, 3, 2, 0, 5]), "the answer on /dev/ttyS9 is broken or late: 7 bytes"],
    ["an answer to another function", withCrc([1, 4, 2, 0, 5]), "the answer on /dev/ttyS9 is broken or late: 7 bytes"],
    [
      "an answer of another length",
      withCrc([1, 3, 4, 0, 5, 0, 6]),
      "the answer on /dev/ttyS9 is broken or late: 9 bytes",
    ],
    ["an echo of what was asked", withCrc([1, 3, 0, 12, 0, 1]), "the answer on /dev/ttyS9 is broken or late: 8 bytes"],
  ])("publishes nothing of %s, and says it once", async (_what, bytes, reason) => {
    const serial = new FakeSerial();
    serial.onWrite = () => serial.say(bytes);
    const failed = await startFailing(device(power), { serial });
    await failed.clock.advance(20_000);
    expect(failed.bus.retained.has("it")).toBe(false);
    expect(warnings(failed)).toEqual([`${reason}; ${hint}`]);
  });

  it("takes an answer behind the echo that some adapters give", async () => {
    const serial = new FakeSerial();
    serial.onWrite = (bytes) => serial.say([...bytes, ...withCrc([1, 3, 2, 0, 5])]);
    expect((await startSensor(device(power), { serial })).reading()).toEqual({ power: 5 });
  });

  it("is not kept by a reading that would take longer than the agent waits", async () => {
    const { serial, clock, asked } = meterLine(() => [0, 5], 900);
    const many = Array.from({ length: 20 }, (_, index) => `r${index}: {register: ${2 * index}}`);
    const failed = await startFailing(device(many.join(", ")), { serial, clock });
    await clock.advance(60_000);
    expect(failed.bus.retained.has("it")).toBe(false);
    expect(warnings(failed)).toEqual([
      "reading takes longer than 8 s; read fewer measures, or divide them between two devices",
    ]);
    // Each reading ended within 10 s, so no request came while an answer was awaited.
    for (const [index, { atMs }] of asked.slice(1).entries())
      expect(atMs - (asked[index]?.atMs ?? 0)).toBeGreaterThanOrEqual(900);
  });

  it("is not asked while somebody else speaks on it without an end", async () => {
    const serial = new FakeSerial();
    const clock = new FakeClock();
    const chatter = () => {
      serial.say([0x55]);
      clock.after(2, chatter);
    };
    chatter();
    const failed = await startFailing(device(power), { serial, clock });
    expect(serial.written).toEqual([]);
    expect(failed.warnings).toEqual([
      "/dev/ttyS9 is never silent; remove what else sends on this line, or correct its baud rate",
    ]);
  });
});

describe("an exception of a meter", () => {
  const exceptional = (refusedAt: number, exception: number) => {
    const serial = new FakeSerial();
    serial.onWrite = ([unit = 0, code = 0, , register]) =>
      serial.say(withCrc(register === refusedAt ? [unit, code + 0x80, exception] : [unit, code, 2, 0, 5]));
    return serial;
  };

  it.each([
    [1, "the meter does not know this type of register (exception 1) for power (holding 0x000C)"],
    [2, "the meter has no such register (exception 2) for power (holding 0x000C)"],
    [4, "the meter has failed (exception 4) for power (holding 0x000C)"],
    [6, "the meter is busy (exception 6) for power (holding 0x000C)"],
    [11, "the meter is behind a gateway to which it does not answer (exception 11) for power (holding 0x000C)"],
    [99, "the meter gives an exception that Modbus does not know (exception 99) for power (holding 0x000C)"],
  ])("is said in words: %i", async (exception, reason) => {
    const failed = await startFailing(device(power), { serial: exceptional(12, exception) });
    expect(failed.warnings).toEqual([reason]);
  });

  it("does not spoil the other values, and is said once", async () => {
    const sensor = await startSensor(device(`${power}, other: {register: 20}`), { serial: exceptional(12, 2) });
    await sensor.clock.advance(120_000);
    expect(sensor.reading()).toEqual({ power: null, other: 5 });
    expect(warnings(sensor)).toEqual([
      "the meter has no such register (exception 2) for power (holding 0x000C)",
      "the sensor gave no power",
    ]);
  });
});

it("an answer is found in any noise and in any pieces, and nothing else is taken for one", () => {
  const block = { type: "holding", start: 0, count: 2 } as const;
  const tempting = fc.constantFrom(1, 3, 4, 0x83);
  const noise = fc.array(fc.oneof(tempting, fc.nat(255)), { maxLength: 60 });
  fc.assert(
    fc.property(noise, fc.array(fc.nat(255), { minLength: 4, maxLength: 4 }), noise, (before, data, after) => {
      expect(findAnswer(Uint8Array.from(before), 1, block)).toBeUndefined();
      const bytes = Uint8Array.from([...before, ...withCrc([1, 3, 4, ...data]), ...after]);
      const firstSeen = Array.from(bytes, (_, index) => findAnswer(bytes.subarray(0, index + 1), 1, block)).find(
        Boolean,
      );
      expect(firstSeen).toEqual({ data: Uint8Array.from(data) });
    }),
  );
});
