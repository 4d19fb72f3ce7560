import { type Path, pathText } from "../../yaml/path.ts";
import type { Problem } from "../../yaml/problem.ts";
import { shownPath } from "../../yaml/shown.ts";
import { didYouMean, didYouMeanPartOf } from "../../yaml/suggest.ts";
import type { WrittenSource } from "../../yaml/written-source.ts";
import { otherWord } from "./other-words.ts";
import { keysAt } from "./schema-at.ts";
import { placeIn, type Surroundings } from "./surroundings.ts";

/** A key of a group whose own schema says what is wrong with it, with the names of the keys that there are after "; there are". */
export function wrongKey(path: Path, clause: string, source: WrittenSource): Problem {
  const key = String(path.at(-1));
  const [said = "", names] = clause.split(/; there (?:are|is only) /);
  const guess = names === undefined ? "" : guessOf(key, names.split(", "));
  const shown = shownPath(path);
  const word = shown.at(-1) === "…" ? "this key" : `"${key}"`;
  const place = source.placeOfKey(path);
  return { path: pathText(shown), place, sentence: `${word} ${guess === "" ? clause : said + guess}` };
}

/** A key that no option has, with what was probably meant, or else the options that there are. */
export function unknownKey(path: Path, source: WrittenSource, around: Surroundings): Problem {
  const key = String(path.at(-1));
  if (key === "id" && path.length === 3 && path[0] === "devices") {
    const sentence = `the id of a device is the key above its settings, here "${String(path[1])}"; remove this line`;
    return { path: pathText(path), place: source.placeOfKey(path), sentence };
  }
  const { called, known, advise } = groupOf(path, around);
  const guess = advise(key) || guessOf(key, known);
  const isPartOfNumber = /^\d+$/.test(key) && !source.writtenValue(path);
  const advice = isPartOfNumber
    ? "; write a number with a point, as in 0.5, because a comma separates options"
    : guess || `; there are ${known.join(", ")}`;
  // A key of the broker without a value may be a value itself, such as a password: {url: mqtt://a, hunter2}. So it is not shown.
  const isValue = path[0] === "broker" && guess === "" && !source.writtenValue(path);
  const shown = isValue ? [...path.slice(0, -1), "…"] : shownPath(path);
  const sentence =
    shown.at(-1) === "…"
      ? `there is no such option for ${called}; write "option: value", with a space after the colon${advice}`
      : `there is no option "${key}" for ${called}${advice}`;
  return { path: pathText(shown), place: source.placeOfKey(path), sentence };
}

/** The group that has the key: the checked value itself, or a group below it whose schema is known. */
function groupOf(path: Path, around: Surroundings) {
  const above = path.slice(0, -1);
  const known = above.length === around.path.length ? [] : keysAt(placeIn(around, above));
  if (known.length === 0)
    return { called: around.called, known: around.knownKeys, advise: (key: string) => around.adviceOn?.(key) ?? "" };
  const name = above.findLast((one) => typeof one !== "number" && !/^\d+$/.test(String(one)));
  return { called: String(name), known, advise: () => "" };
}

function guessOf(key: string, known: readonly string[]): string {
  return otherWord(key, known) || didYouMeanPartOf(key, known) || didYouMean(key, known);
}
