import { crc16, crcModbus } from "../../core/readers/serial/crc16.ts";

/** The frames of Modbus RTU (MODBUS Application Protocol V1.1b3, chapters 6 and 7; MODBUS over Serial Line V1.02). */

/** What can be read: bits and words that may be written too, and those that may not. */
export const registerTypes = ["holding", "input", "coil", "discrete"] as const;
export type RegisterType = (typeof registerTypes)[number];

const functionCodes: Readonly<Record<RegisterType, number>> = { coil: 1, discrete: 2, holding: 3, input: 4 };

/** Registers or bits that one request reads. */
export interface Block {
  readonly type: RegisterType;
  /** The address of the first, as it is sent: from 0. */
  readonly start: number;
  readonly count: number;
}

export const isBits = (type: RegisterType) => type === "coil" || type === "discrete";

/** How many registers or bits one request may read (6.1 to 6.4). */
export const mostAtOnce = (type: RegisterType) => (isBits(type) ? 2_000 : 125);

const bytesOf = ({ type, count }: Block) => (isBits(type) ? Math.ceil(count / 8) : count * 2);

/** How long the answer is that a block gets, with unit, function, length and checksum. */
export const answerLength = (block: Block) => bytesOf(block) + 5;

/** Bytes with their checksum, whose low byte comes first. */
export function withCrc(bytes: readonly number[]): readonly number[] {
  const crc = crc16(crcModbus, bytes);
  return [...bytes, crc & 0xff, crc >> 8];
}

const word = (value: number) => [value >> 8, value & 0xff] as const;

/** The request for a block. */
export function request(unit: number, { type, start, count }: Block): readonly number[] {
  return withCrc([unit, functionCodes[type], ...word(start), ...word(count)]);
}

/** What a unit answers: the bytes of the block, or the number of an exception. */
export type Answer = { readonly data: Uint8Array } | { readonly exception: number };

/**
 * The answer to {@link request} in what was heard. Undefined if there is none with a right checksum. What else is heard, such as an echo of
 * the request or an answer to somebody else, has another unit, function or length.
 */
export function findAnswer(bytes: Uint8Array, unit: number, block: Block): Answer | undefined {
  const code = functionCodes[block.type];
  for (let at = 0; at + 5 <= bytes.length; at += 1) {
    if (bytes[at] !== unit) continue;
    if (bytes[at + 1] === code && bytes[at + 2] === bytesOf(block)) {
      const whole = bytes.subarray(at, at + answerLength(block));
      if (whole.length === answerLength(block) && isRight(whole)) return { data: whole.slice(3, -2) };
    }
    const exception = bytes[at + 2] ?? 0;
    if (bytes[at + 1] === code + 0x80 && exception > 0 && isRight(bytes.subarray(at, at + 5))) return { exception };
  }
  return undefined;
}

function isRight(frame: Uint8Array): boolean {
  const written = (frame.at(-2) ?? 0) | ((frame.at(-1) ?? 0) << 8);
  return written === crc16(crcModbus, frame.subarray(0, -2));
}

/** What the exceptions mean (chapter 7), after "the meter". */
const exceptions: Readonly<Record<number, string>> = {
  1: "does not know this type of register",
  2: "has no such register",
  3: "does not take a request for so many registers",
  4: "has failed",
  5: "needs longer",
  6: "is busy",
  7: "refuses",
  8: "has an error in its memory",
  10: "is behind a gateway that has no way to it",
  11: "is behind a gateway to which it does not answer",
};

/** An exception as a clause after "the meter". */
export function exceptionInWords(exception: number): string {
  return `${exceptions[exception] ?? "gives an exception that Modbus does not know"} (exception ${exception})`;
}
