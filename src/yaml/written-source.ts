import type { Path } from "./path.ts";
import type { Place } from "./problem.ts";

/** The way back from a value to the text in which it was written. */
export interface WrittenSource {
  /** Where the key stands, or the nearest key above it. */
  placeOfKey(path: Path): Place;
  /** Where the value stands; its key where there is no value. */
  placeOfValue(path: Path): Place;
  /** The value as its owner wrote it, variables as `${NAME}`, so that showing it gives nothing away. */
  writtenValue(path: Path): string | undefined;
}
