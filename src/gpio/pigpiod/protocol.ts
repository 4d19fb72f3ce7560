import { UserError } from "../../core/errors.ts";

/** The commands that are used, with their numbers in the protocol (PI_CMD_... in pigpio.h; pigs calls them MODES, MODEG, PUD ...). */
export const commandNumbers = {
  setMode: 0,
  getMode: 1,
  setPull: 2,
  read: 3,
  write: 4,
  pwm: 5,
  pwmRange: 6,
  pwmFrequency: 7,
  tick: 16,
  notify: 19,
  version: 26,
  glitchFilter: 97,
  openNotifications: 99,
} as const;

/** One of {@link commandNumbers}. */
export type Command = keyof typeof commandNumbers;

/** The values that `setMode` takes and `getMode` returns. Higher values are special functions of the pin. */
export const modes = { input: 0, output: 1 } as const;

/** The values that `setPull` takes. */
export const pulls = { none: 0, down: 1, up: 2 } as const;

/** The length of a command and of its answer: four numbers of 32 bits, little-endian. */
export const commandBytes = 16;

/** The length of a report on a notification socket. */
export const reportBytes = 12;

/** Makes a command with two parameters. The fourth number, the length of an extension, is 0. */
export function encodeCommand(command: Command, first: number, second: number): Uint8Array {
  const frame = new DataView(new ArrayBuffer(commandBytes));
  frame.setUint32(0, commandNumbers[command], true);
  frame.setUint32(4, first, true);
  frame.setUint32(8, second, true);
  return new Uint8Array(frame.buffer);
}

/**
 * Reads an answer. It repeats the command's number, and has the result in place of the extension's length. A result below 0 is an error.
 */
export function decodeAnswer(frame: DataView): { readonly number: number; readonly result: number } {
  return { number: frame.getUint32(0, true), result: frame.getInt32(12, true) };
}

/** What the daemon has seen: the levels of the pins 0 to 31, one bit each, at a tick. */
export interface Report {
  readonly tick: number;
  readonly levels: number;
}

/** Reads a report. Its first four bytes, sequence number and flags, are not needed. */
export function decodeReport(frame: DataView): Report {
  return { tick: frame.getUint32(4, true), levels: frame.getUint32(8, true) };
}

/** Cuts the bytes from a socket, which arrive in pieces of any size, into frames. */
export class Frames {
  #bytes = new Uint8Array();

  add(bytes: Uint8Array): void {
    const joined = new Uint8Array(this.#bytes.length + bytes.length);
    joined.set(this.#bytes);
    joined.set(bytes, this.#bytes.length);
    this.#bytes = joined;
  }

  /** The next frame of this length. Undefined until it is complete. */
  next(length: number): DataView | undefined {
    if (this.#bytes.length < length) return undefined;
    const frame = this.#bytes.slice(0, length);
    this.#bytes = this.#bytes.slice(length);
    return new DataView(frame.buffer);
  }
}

/** The error for an error number of the daemon (PI_NOT_PERMITTED ... in pigpio.h). */
export function refusal(command: Command, first: number, result: number): UserError {
  if (result === -41)
    return new UserError(`pigpiod does not permit that pin ${first} is changed`, {
      hint: "its option -x says which pins it gives away",
    });
  return new UserError(`pigpiod refused ${command} ${first} (error ${result})`, {
    hint: `"pigs" and the list of errors in pigpio.h tell more`,
  });
}
