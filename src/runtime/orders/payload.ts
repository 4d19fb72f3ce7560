import { isUtf8 } from "node:buffer";
import type { CommandSchema } from "../../core/command.ts";

/** Longer than any sensible command; a payload above it is not even looked at. */
const maxPayloadBytes = 4_096;
/** So many characters of a payload are shown in a log line. */
const shownCharacters = 40;

/** A payload, read once: the sender's id, and what was sent, or why it cannot be a command. */
export interface Sent {
  /** A text or a whole number, by which the sender will know the answer; undefined where it wants none. */
  readonly id?: string | number | undefined;
  /** Text, or JSON without the id; undefined where there is a problem. */
  readonly value?: unknown;
  /** A sentence for whoever sent it. */
  readonly problem?: string;
}

/**
 * Reads a payload: plain text, or JSON where it begins like JSON. The `id` of a JSON object is the sender's, not the device's. It
 * throws nothing, since a stranger may send thousands in a second, and an error is made with its stack.
 */
export function readPayload(payload: Uint8Array): Sent {
  if (payload.length > maxPayloadBytes) return { problem: `it is longer than ${maxPayloadBytes} bytes` };
  if (!isUtf8(payload)) return { problem: "it is not UTF-8 text" };
  // A byte order mark is white space to trim.
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

/** The bytes themselves, not a copy. */
function asBuffer(bytes: Uint8Array): Buffer {
  return bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** JSON.parse without the stack of its error, which would be more than half of the work for a text that is no JSON. */
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
  const { id, ...value } = json as Record<string, unknown>;
  // A number that JavaScript cannot hold would come back as another one.
  const comesBack = typeof id === "string" || Number.isSafeInteger(id);
  return { id: comesBack ? (id as string | number) : undefined, value };
}

/** What a kind makes of what was sent: a command, or one line that says why it is none. */
export function understand(
  schema: CommandSchema,
  { value, problem }: Sent,
): { command: unknown } | { problem: string } {
  if (problem !== undefined) return { problem };
  const result = schema.safeParse(value);
  if (result.success) return { command: result.data };
  return { problem: result.error.issues.map(({ message }) => message).join("; ") };
}

/** A payload for a log line: its beginning, with nothing that could disturb a terminal. */
export function shown(payload: Uint8Array): string {
  const beginning = new TextDecoder().decode(payload.subarray(0, shownCharacters * 4));
  const clean = beginning.replace(/\p{C}/gu, "\u{fffd}");
  const characters = [...clean];
  const cut = characters.length > shownCharacters || payload.length > shownCharacters * 4;
  return cut ? `${characters.slice(0, shownCharacters).join("")}…` : clean;
}
