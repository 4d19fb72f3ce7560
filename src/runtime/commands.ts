import type { z } from "zod";

/** Longer than any sensible command; a payload above it is not even looked at. */
const maxPayloadBytes = 4_096;
/** So many characters of a payload are shown in a log line. */
const shownCharacters = 40;

/** A payload understood, or the clause that says why it is refused. */
export type Understood = { readonly command: unknown } | { readonly refusal: string };

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Reads a payload as the kind's command: plain text, or JSON where it begins like JSON. Never throws. */
export function understand(schema: z.ZodType, payload: Uint8Array): Understood {
  if (payload.length > maxPayloadBytes) return { refusal: `it is longer than ${maxPayloadBytes} bytes` };
  let text: string;
  try {
    text = utf8.decode(payload).trim();
  } catch {
    return { refusal: "it is not UTF-8 text" };
  }
  if (text.includes("\0")) return { refusal: "it has a NUL character" };
  if (text === "") return { refusal: "it is empty" };
  let sent: unknown = text;
  if (/^[{["]/.test(text)) {
    try {
      sent = JSON.parse(text);
    } catch {
      return { refusal: "it is not valid JSON" };
    }
  }
  const result = schema.safeParse(sent);
  return result.success ? { command: result.data } : { refusal: result.error.issues.map(sentence).join("; ") };
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
