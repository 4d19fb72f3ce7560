import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frameStream } from "../../../../src/core/readers/serial/frames.ts";
import { seeTelegram, telegramOf } from "../../../../src/devices/p1/telegram.ts";
import { particleReport, seeParticles } from "../../../../src/devices/pms5003/pms5003-frames.ts";
import { dustReport, seeDust } from "../../../../src/devices/sds011/sds011-frames.ts";
import { seeSml, smlFrame } from "../../../../src/devices/sml/sml-frame.ts";

/** A protocol, with frames of which each is told from the others by the number in it. */
interface Protocol {
  readonly name: string;
  readonly stream: () => (piece: Uint8Array) => readonly unknown[];
  readonly frame: (number: number) => readonly number[];
  readonly number: (frame: never) => unknown;
  /** Bytes with which frames begin and end, so that noise looks like them. */
  readonly tempting: readonly number[];
}

const letters = (text: string) => [...text].map((letter) => letter.charCodeAt(0));

const protocols: readonly Protocol[] = [
  {
    name: "sds011",
    stream: () => frameStream(seeDust, 64),
    frame: (number) => dustReport({ pm25: number / 10, pm10: 1 }),
    number: ({ pm25 }: { pm25: number }) => Math.round(pm25 * 10),
    tempting: [0xaa, 0xc0, 0xab],
  },
  {
    name: "pms5003",
    stream: () => frameStream(seeParticles, 128),
    frame: (number) => particleReport({ pm1: number, pm25: 2, pm10: 3 }),
    number: ({ pm1 }: { pm1: number }) => pm1,
    tempting: [0x42, 0x4d, 0, 28],
  },
  {
    name: "p1",
    stream: () => frameStream(seeTelegram, 8_192),
    frame: (number) => telegramOf([`1-0:1.8.1(${number}*kWh)`]),
    number: (telegram: ReadonlyMap<string, readonly string[]>) =>
      Number.parseInt(telegram.get("1-0:1.8.1")?.[0] ?? "", 10),
    tempting: letters("/ISK5!\r\n"),
  },
  {
    name: "sml",
    stream: () => frameStream(seeSml, 8_192),
    // A number of two bytes is the value of 1-0:1.8.0.
    frame: (number) =>
      smlFrame([0x77, 7, 1, 0, 1, 8, 0, 255, 1, 1, 0x62, 30, 0x52, 0, 0x63, number >> 8, number & 255, 1]),
    number: ([value]: readonly { value: number }[]) => value?.value,
    tempting: [0x1b, 0x1b, 0x1b, 0x1b, 1, 1, 1, 1, 0x1a],
  },
];

/** The bytes in pieces of these lengths, again and again. */
function* cut(bytes: readonly number[], lengths: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, index = 0; at < bytes.length; index += 1) {
    const length = lengths[index % lengths.length] ?? 1;
    yield Uint8Array.from(bytes.slice(at, at + length));
    at += length;
  }
}

describe.each(protocols)("frames of $name", ({ stream, frame, number, tempting }) => {
  const noise = fc.array(fc.oneof(fc.constantFrom(...tempting), fc.nat(255)), { maxLength: 40 });
  const lengths = fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1, maxLength: 5 });
  const read = (bytes: readonly number[], pieces: readonly number[]) => {
    const take = stream();
    return [...cut(bytes, pieces)].flatMap((piece) => take(piece)).map((one) => number(one as never));
  };

  it("are all found between noise, in their order, however the stream is cut", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(noise, fc.nat(999)), { minLength: 1, maxLength: 5 }), lengths, (sent, pieces) => {
        const bytes = sent.flatMap(([before, value]) => [...before, ...frame(value)]);
        expect(read(bytes, pieces)).toEqual(sent.map(([, value]) => value));
      }),
    );
  });

  it("are not found where a byte of them was changed, lost or added, and the next one still is", () => {
    const next = frame(1_000);
    const value = 640;
    for (const broken of harmed(frame(value), [1, 0xff, ...tempting.slice(0, 2)])) {
      // Some harm is none: a byte that is added before its like, or lost before it.
      const isHarmed = !contains([...broken, ...next], frame(value));
      const found = read([...broken, ...next], [broken[0] === next[0] ? 200 : 7]);
      if (isHarmed) expect(found).toEqual([1_000]);
      else expect([value, 1_000]).toContain(found.at(-1));
    }
  });

  it("are found from the second on where the stream begins in the middle of the first", () => {
    const first = frame(1);
    for (let from = 1; from < first.length; from += 1)
      expect(read([...first.slice(from), ...frame(2)], [first.length])).toEqual([2]);
  });

  it("are not lost in noise that is longer than what is kept", () => {
    const flood = Array.from({ length: 20_000 }, (_, index) => tempting[index % tempting.length] ?? 0);
    expect(read([...flood, ...frame(7)], [64])).toEqual([7]);
  });
});

/** The bytes with one of them changed, lost, or another one added before it, at each place. */
function* harmed(bytes: readonly number[], by: readonly number[]): Generator<readonly number[]> {
  for (const [place, byte] of bytes.entries()) {
    const [before, after] = [bytes.slice(0, place), bytes.slice(place + 1)];
    yield [...before, ...after];
    for (const mask of by) {
      const other = byte ^ mask;
      // A telegram's checksum may be written in letters of either case, and the end of its line is not looked at.
      if (
        String.fromCharCode(other).toLowerCase() === String.fromCharCode(byte).toLowerCase() ||
        byte === 13 ||
        byte === 10
      )
        continue;
      yield [...before, other, ...after];
      yield [...before, other, byte, ...after];
    }
  }
}

function contains(bytes: readonly number[], part: readonly number[]): boolean {
  const text = (some: readonly number[]) => String.fromCharCode(...some).trimEnd();
  return text(bytes).includes(text(part));
}

it("a frame is given once, and at once, although noise before it seemed to begin a longer one", () => {
  // F and its number of letters, the letters, and a point.
  const take = frameStream((bytes) => {
    const text = String.fromCharCode(...bytes);
    const length = 3 + Number(text[1] ?? 9);
    if (!"F".startsWith(text[0] ?? "")) return "nothing";
    if (text.length < length) return "incomplete";
    return text[length - 1] === "." ? { frame: text.slice(0, length), length } : "nothing";
  }, 100);
  const say = (text: string) => take(new TextEncoder().encode(text));
  expect(say("xxF9yy")).toEqual([]);
  expect(say("F1a.")).toEqual(["F1a."]);
  expect(say("F2b")).toEqual([]);
  expect(say("c.F0.")).toEqual(["F2bc.", "F0."]);
});
