import { maxDepth, tooDeepAt } from "./faults/depth.ts";
import type { Problem } from "./problem.ts";
import { maxBytes } from "./user-file.ts";

/** The text of a file, or why it cannot be used. */
export type Source = { readonly text: string } | { readonly problem: Problem };

/** Reads the bytes of a file as text. Refuses what a YAML parser could not handle. `beginning` says what to do if the file is empty. */
export function readSource(bytes: Uint8Array, beginning: string): Source {
  const refuse = (sentence: string, text = "", offset = 0): Source => ({
    problem: { path: "", sentence, place: placeAt(text, offset) },
  });
  if (bytes.length > maxBytes) return refuse("the file is larger than 1 MiB; is it the right one?");
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const readable = new TextDecoder().decode(bytes);
    return refuse("this is not UTF-8 text; save the file as UTF-8", readable, readable.indexOf("\u{fffd}"));
  }
  if (text.replace(/^\s*#.*$/gm, "").trim() === "") return refuse(`the file is empty; ${beginning}`);
  const nul = text.indexOf("\0");
  if (nul >= 0) return refuse("here is a NUL character; remove it", text, nul);
  const tab = /^[ ]*\t/m.exec(text);
  if (tab !== null)
    return refuse("this line is indented with a tab; YAML wants spaces", text, tab.index + tab[0].length - 1);
  const deep = tooDeepAt(text);
  if (deep !== undefined)
    return refuse(`this is nested more than ${maxDepth} levels deep; take levels out`, text, deep);
  return { text };
}

/** The place of an offset in a text. */
function placeAt(text: string, offset: number) {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
