import type { Path } from "./path.ts";
import type { Place } from "./problem.ts";

/** The places in the text from which a value comes. */
export interface WrittenSource {
  /** The place of the key, or of the nearest key above it. */
  placeOfKey(path: Path): Place;
  /** The place of the value, or of its key if there is no value. */
  placeOfValue(path: Path): Place;
  /** The value as it is written, with variables as `${NAME}`, so that no secret is shown. */
  writtenValue(path: Path): string | undefined;
}
