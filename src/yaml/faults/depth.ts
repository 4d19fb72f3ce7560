import { lexemes } from "../lexemes.ts";

/** devices.yaml needs four levels. */
export const maxDepth = 64;

/** Most files have fewer brackets than that, and no row of dashes. Then there is no need to look closer. */
function mayBeDeep(text: string): boolean {
  return (text.match(/[[{]/g)?.length ?? 0) > maxDepth || new RegExp(`(?:[-?][ ]+){${maxDepth}}`).test(text);
}

/** The offset at which the nesting exceeds {@link maxDepth}. It uses the lexer alone, because a parser would recurse. */
export function tooDeepAt(text: string): number | undefined {
  if (!mayBeDeep(text)) return undefined;
  let flowDepth = 0;
  let dashes = 0;
  for (const { source: token, offset } of lexemes(text)) {
    if (token === "[" || token === "{") flowDepth += 1;
    else if (token === "]" || token === "}") flowDepth -= 1;
    else if (token === "-" || token === "?") dashes += 1;
    else if (token === "\n" || token === "\r\n") dashes = 0;
    if (flowDepth + dashes > maxDepth) return offset;
  }
  return undefined;
}
