import type * as z from "zod";
import { Refusal } from "../core/refusal.ts";

/** Longer than any sensible command; a payload above it is not even looked at. */
const maxPayloadBytes = 4_096;
const openingBrace = "{".charCodeAt(0);
/** So many characters of a payload are shown in a log line. */
const shownCharacters = 40;

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads a payload as the kind's command: plain text, or JSON where it begins like JSON. The `id` of a JSON object is the
 * sender's, not the device's. Throws a {@link Refusal} that says why it cannot be one.
 */
export function understand(schema: z.ZodType, payload: Uint8Array): unknown {
  const invalid = (sentence: string) => new Refusal("invalid", sentence);
  if (payload.length > maxPayloadBytes) throw invalid(`it is longer than ${maxPayloadBytes} bytes`);
  let text: string;
  try {
    text = utf8.decode(payload).trim();
  } catch {
    throw invalid("it is not UTF-8 text");
  }
  if (text.includes("\0")) throw invalid("it has a NUL character");
  if (text === "") throw invalid("it is empty");
  let sent: unknown = text;
  if (/^[{["]/.test(text)) {
    try {
      sent = withoutId(JSON.parse(text));
    } catch {
      throw invalid("it is not valid JSON");
    }
  }
  const result = schema.safeParse(sent);
  if (result.success) return result.data;
  throw invalid(result.error.issues.map(sentence).join("; "));
}

/** The id in a command, text or a whole number, by which its sender will know the answer; undefined where it wants none. */
export function idOf(payload: Uint8Array): string | number | undefined {
  // Most commands are words, and none that is too long is looked at.
  if (!payload.includes(openingBrace) || payload.length > maxPayloadBytes) return undefined;
  try {
    const { id } = JSON.parse(utf8.decode(payload).trim()) as { id?: unknown };
    // A number that JavaScript cannot hold would come back as another one.
    return typeof id === "string" || Number.isSafeInteger(id) ? (id as string | number) : undefined;
  } catch {
    return undefined;
  }
}

function withoutId(sent: unknown): unknown {
  if (typeof sent !== "object" || sent === null || Array.isArray(sent)) return sent;
  const { id: _id, ...command } = sent as Record<string, unknown>;
  return command;
}

function sentence(issue: z.core.$ZodIssue): string {
  return issue.message;
}

/** A payload for a log line: its beginning, with nothing that could disturb a terminal. */
export function shown(payload: Uint8Array): string {
  const beginning = new TextDecoder().decode(payload.subarray(0, shownCharacters * 4));
  const clean = beginning.replace(/\p{C}/gu, "\u{fffd}");
  const characters = [...clean];
  const cut = characters.length > shownCharacters || payload.length > shownCharacters * 4;
  return cut ? `${characters.slice(0, shownCharacters).join("")}…` : clean;
}
