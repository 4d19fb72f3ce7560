import type { Look } from "../../core/readers/serial/frames.ts";

/**
 * The telegrams that a meter sends by itself (IEC 62056-21, mode D): "/", three letters of the manufacturer, a digit, an identification, an
 * empty line, lines of objects, "!". They have no checksum: each byte has a parity, and one that is wrong is left out by the line's driver.
 */

/** The value of each object by its code: what stands in the brackets behind "1-0:1.8.0*255". */
export type D0Telegram = ReadonlyMap<string, string>;

/** How many bytes a telegram has at most; known ones have some 400. */
export const longestD0 = 2_048;

const slash = 0x2f;
const exclamation = 0x21;
const object = /^(?:\d+-\d+:)?(\d+\.\d+\.\d+)(?:\*\d+)?\(([^()]*)\)$/;

/**
 * Makes what finds telegrams. One counts if the one before had the same lines, each with as many characters, because a byte that is lost
 * would make a number smaller by tens; and no total may have gone back.
 */
export function seeD0(): Look<D0Telegram> {
  let before: D0Telegram | undefined;
  return (bytes) => {
    if (bytes[0] !== slash || !/^\/(?:[A-Za-z]{0,3}|[A-Za-z]{3}\d)$/.test(text(bytes.subarray(0, 5)))) return "nothing";
    const end = bytes.subarray(0, longestD0).indexOf(exclamation);
    if (end === -1) return bytes.length < longestD0 ? "incomplete" : "nothing";
    const telegram = objectsIn(text(bytes.subarray(0, end)));
    const isConfirmed = before !== undefined && isAlike(before, telegram);
    before = telegram;
    return telegram !== undefined && isConfirmed ? { frame: telegram, length: end + 1 } : "nothing";
  };
}

/** The objects of a telegram. Undefined where a line is no object. */
function objectsIn(telegram: string): D0Telegram | undefined {
  const [, ...lines] = telegram.split("\r\n").filter((line) => line !== "");
  const objects = new Map<string, string>();
  for (const line of lines) {
    const [, code, value = ""] = object.exec(line) ?? [];
    if (code === undefined) return undefined;
    objects.set(code, value);
  }
  return objects;
}

function isAlike(before: D0Telegram, now: D0Telegram | undefined): boolean {
  if (now === undefined || before.size !== now.size) return false;
  return [...now].every(([code, value]) => {
    const earlier = before.get(code);
    if (earlier === undefined || earlier.length !== value.length) return false;
    return !/^[12]\.8\.\d$/.test(code) || Number.parseFloat(value) >= Number.parseFloat(earlier);
  });
}

/** A telegram with these objects, for the simulation. */
export function d0Telegram(objects: Readonly<Record<string, string>>): readonly number[] {
  const lines = Object.entries(objects).map(([code, value]) => `1-0:${code}*255(${value})`);
  return [...["/PIM5MQTT", "", ...lines, "!", ""].join("\r\n")].map((letter) => letter.charCodeAt(0));
}

function text(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
