import { isUtf8 } from "node:buffer";
import type { CommandSchema } from "../../core/command.ts";
import type { CommandTimes, TimedResult } from "../../core/outputs/command-times.ts";

/** Longer than every sensible command. A longer payload is not read. */
const maxPayloadBytes = 4_096;
/** How many characters of a payload a log line shows. */
const shownCharacters = 40;

/** A payload after reading: the sender's id, and the value, or why it cannot be a command. */
export interface Sent {
  /** A text or a whole number by which the sender recognizes the answer. Undefined if the sender wants no answer. */
  readonly id?: string | number | undefined;
  /** When the sender made it, as it was written. Undefined if the sender does not say so. */
  readonly ts?: unknown;
  /** Text, or JSON without id and ts. Undefined if there is a problem. */
  readonly value?: unknown;
  /** A sentence for the sender. */
  readonly problem?: string;
}

/**
 * Reads a payload: plain text, or JSON if it begins like JSON. The `id` and the `ts` of a JSON object belong to the sender and not to the command. It
 * throws nothing: a sender may send thousands in a second, and each error would cost its stack.
 */
export function readPayload(payload: Uint8Array): Sent {
  if (payload.length > maxPayloadBytes) return { problem: `it is longer than ${maxPayloadBytes} bytes` };
  if (!isUtf8(payload)) return { problem: "it is not UTF-8 text" };
  // A byte order mark counts as white space for trim.
  const text = asBuffer(payload).toString("utf8").trim();
  if (text === "") return { problem: "it is empty" };
  if (text.includes("\0")) return { problem: "it has a NUL character" };
  if (!/^[{["]/.test(text)) return { value: text };
  try {
    return withoutId(parse(text));
  } catch {
    return { problem: "it is not valid JSON" };
  }
}

/** The same bytes, without copying them. */
function asBuffer(bytes: Uint8Array): Buffer {
  return bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** JSON.parse without the stack of its error. For invalid JSON, making the stack would be more than half of the work. */
function parse(text: string): unknown {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return JSON.parse(text);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function withoutId(json: unknown): Sent {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return { value: json };
  const { id, ts, ...value } = json as Record<string, unknown>;
  // A number that JavaScript cannot store exactly would be returned as another number.
  const comesBack = typeof id === "string" || Number.isSafeInteger(id);
  return { id: comesBack ? (id as string | number) : undefined, ts, value };
}

/**
 * Reads what was sent with the schema of the kind: a command, or one line that says why it is not one. Never throws: anybody on the bus
 * can send an object that a schema did not expect, such as one whose `toString` is no function.
 */
export function understand(
  schema: CommandSchema,
  { value, problem }: Sent,
): { readonly command: unknown; readonly times?: CommandTimes | undefined } | { readonly problem: string } {
  if (problem !== undefined) return { problem };
  try {
    const result: TimedResult = schema.safeParse(value);
    if (result.success) return { command: result.data, times: result.times };
    return { problem: result.error.issues.map(({ message }) => message).join("; ") };
  } catch {
    return { problem: "it is not a command that this device understands" };
  }
}

/** The beginning of a payload for a log line. Characters that could disturb a terminal are replaced. */
export function shown(payload: Uint8Array): string {
  const beginning = new TextDecoder().decode(payload.subarray(0, shownCharacters * 4));
  const clean = beginning.replace(/\p{C}/gu, "\u{fffd}");
  const characters = [...clean];
  const cut = characters.length > shownCharacters || payload.length > shownCharacters * 4;
  return cut ? `${characters.slice(0, shownCharacters).join("")}…` : clean;
}
