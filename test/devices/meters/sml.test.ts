import { describe, expect, it } from "vitest";
import { FakeClock } from "../../fakes/clock.ts";
import { startSensor, warnings } from "../../fakes/sensor.ts";
import { FakeSerial, hex } from "../../fakes/serial.ts";

/** A frame of an EMH eHZ, as it was recorded: 1.8.0 is 0x09247A55 = 153385557 * 0.1 Wh, 16.7.0 is 0x1603 = 5635 * 0.1 W. */
const emh = hex(`
  1b1b1b1b01010101760700190b4cbead6200620072630101760101070019063f3f8f0b0901454d48000041f045010163662d00760700190b4cbeae
  620062007263070177010b0901454d48000041f045070100620affff72620165063f2f357777078181c78203ff0101010104454d48017707010000
  0009ff010101010b0901454d48000041f0450177070100010800ff6400018201621e52ff560009247a550177070100010801ff0101621e52ff5600
  09247a550177070100010802ff0101621e52ff5600000000000177070100100700ff0101621b52ff55000016030177078181c78205ff0172620165
  063f2f3501018302e77ef33ea97bb6bba9bfa4fbd8b9f2ede51207b15acf6b98a237c21ca4982ee3ce18efe8438f1deba9d5c40eb68ae8f2010101
  63574a00760700190b4cbeb16200620072630201710163d658000000001b1b1b1b1a03e566`);

/** A frame of an ISKRA meter: 1.8.0 is 0x0D637E08 = 224624136 * 0.1 Wh; 168 W are the sum of 117, 22 and 29 W. */
const iskra = hex(
  `
  1B1B1B1B0101010176050F1A20606200620072630101760101050508B5760B090149534B000403DF63010163C4BA0076050F1A2061620062007263
  070177010B090149534B000403DF63070100620AFFFF7262016507AFF5DC7A77078181C78203FF010101010449534B0177070100000009FF010101
  010B090149534B000403DF630177070100010800FF650000018201621E52FF59000000000D637E080177070100010801FF0101621E52FF59000000
  000D637E080177070100010802FF0101621E52FF5900000000000000000177070100100700FF0101621B520055000000A80177070100240700FF01
  01621B520055000000750177070100380700FF0101621B5200550000001601770701004C0700FF0101621B52005500000 01D0177078181C78205FF
  0101010183020C2DE05C56024E1CD45280F4A0769A95E629CAE205C55C9F1683CA5419778E1D9BCFA1C577A6B36A92709EBF05EA21BD0101016329
  1C0076050F1A206262006200726302017101630054001B1B1B1B1A00AE84`.replaceAll(" ", ""),
);

/** The checksum, bit by bit: X-25 from 0xFFFF, Kermit from 0; what it begins with is exclusive-ored at the end. */
function crcOf(bytes: readonly number[], start: number): number {
  let crc = start;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc % 2 === 1 ? Math.floor(crc / 2) ^ 0x8408 : Math.floor(crc / 2);
  }
  return crc ^ start;
}

/** A frame made by hand of one list of seven: its code, unit, scaler and value. */
const frame = (entry: string, crc = {}) => framed(`77 07 ${entry} 01`, crc);

/** A frame made by hand of these lists. */
function framed(lists: string, { start = 0xffff, highFirst = false } = {}): readonly number[] {
  const messages = hex(lists);
  const fill = (4 - (messages.length % 4)) % 4;
  const covered = [...hex("1B1B1B1B 01010101"), ...messages, ...Array(fill).fill(0), ...hex("1B1B1B1B 1A"), fill];
  const crc = crcOf(covered, start);
  const ends = [crc % 256, Math.floor(crc / 256)];
  return [...covered, ...(highFirst ? ends.reverse() : ends)];
}

async function startMeter(bytes: readonly number[], options = "") {
  const serial = new FakeSerial();
  const clock = new FakeClock();
  const speak = () => {
    for (let at = 0; at < bytes.length; at += 37) serial.say(bytes.slice(at, at + 37));
    clock.after(1_000, speak);
  };
  clock.after(500, speak);
  return startSensor(`kind: sml, port: /dev/ttyS9, ${options}`, { serial, clock });
}

describe("sml", () => {
  it.each([
    ["an EMH eHZ", emh, "[energy_delivered, power]", { energy_delivered: 15_338.556, power: 564 }],
    [
      "an ISKRA meter",
      iskra,
      "[energy_delivered, power, power_l1, power_l2, power_l3]",
      { energy_delivered: 22_462.414, power: 168, power_l1: 117, power_l2: 22, power_l3: 29 },
    ],
  ])("takes what %s was recorded to say", async (_which, bytes, measures, reading) => {
    const sensor = await startMeter(bytes, `measures: ${measures}`);
    expect(sensor.reading()).toEqual(reading);
    expect(sensor.log.at("warn")).toEqual([]);
  });

  it.each([
    ["a power to the grid, of two bytes", "0100100700FF 01 01 621B 5200 53FF9C", { power: -100 }],
    ["one byte", "0100100700FF 01 01 621B 5200 5285", { power: -123 }],
    ["a scaler above one", "0100100700FF 01 01 621B 5202 6205", { power: 500 }],
    ["no scaler", "0100100700FF 01 01 621B 01 6205", { power: 5 }],
    ["a time of a list", "0100100700FF 01 72620165001C0104 621B 5200 6205", { power: 5 }],
    ["a time without its list, as Holley sends it", "0100100700FF 65001C0104 650A575853 621B 5200 6205", { power: 5 }],
  ])("understands %s", async (_what, entry, reading) => {
    const sensor = await startMeter(frame(entry), "measures: [power, frequency]");
    expect(sensor.reading()).toEqual({ ...reading, frequency: null });
  });

  /** What a DZG meter says of itself: 0A 01, "DZG", and its number in five bytes. */
  const dzg = (number: string) => `77 07 0100600100FF 01 01 01 01 0B 0A01 445A47 ${number} 01`;
  const powerOf = (value: string) => `77 07 0100100700FF 01 01 621B 52FE ${value} 01`;

  it("adds up the tariffs and takes the power from the grid of an EMH eHZ-GW8, which gives no more", async () => {
    // As recorded: 0x08D20349 = 147981129 and 0x4E9C = 20124 tenths of a watt hour, 0x8A = 138 tenths of a watt.
    const lists = [
      "77 07 0100010801FF 63 0180 01 621E 52FF 56 0008D20349 01",
      "77 07 0100010802FF 63 0180 01 621E 52FF 56 0000004E9C 01",
      "77 07 0100010700FF 01 01 621B 52FF 55 0000008A 01",
    ];
    const sensor = await startMeter(framed(lists.join(" ")), "measures: [energy_delivered, power, energy_returned]");
    expect(sensor.reading()).toEqual({ energy_delivered: 14_800.125, power: 14, energy_returned: null });
  });

  it("takes the power to the grid off that from the grid where a meter gives both", async () => {
    // Codes 21.7.0 and 22.7.0 of the first phase: 50 W and 380 W.
    const lists = "77 07 0100150700FF 01 01 621B 5200 6232 01 77 07 0100160700FF 01 01 621B 5200 63017C 01";
    const sensor = await startMeter(framed(lists), "measures: [power_l1]");
    expect(sensor.reading()).toEqual({ power_l1: -330 });
  });

  it.each([
    // As recorded, of number 42082910: 0x8B28 = 35624 hundredths of a watt, which would be -29912 with a sign.
    ["356.24 W of a DVS7412.2", dzg("000282225E"), "53 8B28", 356],
    ["1.28 W of a DVS7412.2, rounded", dzg("000282225E"), "52 80", 1],
    // libsml has this example: 0xFFFE1393 = -126061.
    ["what a DVS7412.2 gives to the grid", dzg("000282225E"), "55 FFFE1393", -1261],
    // As recorded, of numbers 60694611 and 40051478: 0xD64A = -10678, 0x86A8 = -31064.
    ["what a newer DVS7420.2 gives to the grid", dzg("00039E2053"), "53 D64A", -107],
    ["what a DWSB20 gives to the grid", dzg("0002632316"), "53 86A8", -311],
    ["what another maker's meter gives to the grid", "", "53 8B28", -299],
  ])("knows %s", async (_what, identification, value, power) => {
    const sensor = await startMeter(framed(`${identification} ${powerOf(value)}`), "measures: [power]");
    expect(sensor.reading()).toEqual({ power });
  });

  it("understands bytes that are doubled because they look like a mark", async () => {
    // The list's 2 bytes, 6 of code, 2 of status, 1 of time, 2 of unit, 2 of scaler and 1 of type are 16: so the value is a word.
    const plain = frame("0100100700FF 6201 01 621B 52FA 65 1B1B1B1B");
    // 0x1B1B1B1B * 10^-6 = 454.761243.
    const sensor = await startMeter(doubled(plain), "measures: [power]");
    expect(sensor.reading()).toEqual({ power: 455 });
  });

  it.each([
    ["the low byte first", { start: 0 }],
    ["the high byte first", { start: 0, highFirst: true }],
  ])("takes the checksum Kermit that some meters write, %s", async (_order, crc) => {
    const sensor = await startMeter(frame("0100100700FF 01 01 621B 5200 6205", crc), "measures: [power]");
    expect(sensor.reading()).toEqual({ power: 5 });
  });

  it("takes no value in another unit than the measure's", async () => {
    // 1D is var, which is no power that is paid for.
    const sensor = await startMeter(frame("0100100700FF 01 01 621D 5200 6205"), "measures: [power]");
    await sensor.clock.advance(30_000);
    expect(sensor.bus.retained.has("it")).toBe(false);
    expect(warnings(sensor)).toEqual(["the sensor gave no power"]);
  });
});

/** The frame with its words 1B1B1B1B doubled, and its checksum worked out anew: over all that is sent. */
function doubled(plain: readonly number[]): readonly number[] {
  const covered: number[] = [...plain.slice(0, 8)];
  for (let at = 8; at < plain.length - 8; at += 4) {
    const word = plain.slice(at, at + 4);
    covered.push(...word, ...(word.every((byte) => byte === 0x1b) ? word : []));
  }
  covered.push(...plain.slice(-8, -2));
  const crc = crcOf(covered, 0xffff);
  return [...covered, crc % 256, Math.floor(crc / 256)];
}
