import { cleanText } from "../core/text/clean-text.ts";

/** A place in a file. Line and column are counted from 1, as editors do. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Something that the owner of a file should correct, or know in case of a warning. */
export interface Problem {
  /** Undefined for something outside the file, such as an environment variable. */
  readonly place?: Place | undefined;
  /** The keys that lead to it, such as "devices.lamp.pin"; "" for the whole file. */
  readonly path: string;
  /** In lower case, without a full stop, and with what to do. */
  readonly sentence: string;
  /** Whether something is missing. If a key beside it is damaged, that key may be the missing one. */
  readonly isAbsent?: boolean;
  /** Whether a key is damaged, so that its meaning is not known. */
  readonly isKeySpoilt?: boolean;
}

/** The line for people: `devices.yaml:4:10  devices.lamp.pin: …`. Control characters from the file are removed. */
export function formatProblem(fileName: string, { place, path, sentence }: Problem): string {
  const where = place === undefined ? "" : `${fileName}:${place.line}:${place.column}  `;
  return cleanText(path === "" ? `${where}${sentence}` : `${where}${path}: ${sentence}`);
}

/** Problems of the text that explain other problems. */
interface Explanations {
  readonly problems: readonly Problem[];
  /** By path, the reason why a value is wrong. */
  readonly reasons: ReadonlyMap<string, Problem>;
}

/**
 * Removes problems that have another problem as their cause. So nothing is reported twice that a YAML mistake or a missing variable
 * explains, and no missing key beside a misspelt one that may be it.
 */
export function explainedBy({ problems, reasons }: Explanations, found: readonly Problem[]): Problem[] {
  const spoilt = new Set(problems.map(({ path }) => path));
  const spoiltGroups = new Set(problems.filter(({ isKeySpoilt }) => isKeySpoilt).map(({ path }) => groupOf(path)));
  return found
    .filter(({ path, isAbsent }) => !spoilt.has(path) && !(isAbsent && spoiltGroups.has(groupOf(path))))
    .map((problem) => reasons.get(problem.path) ?? problem);
}

function groupOf(path: string): string {
  return path.replace(/(^|\.)[^.]*$/, "");
}

/** Sorts problems by their place in the file. Those from outside the file come last. */
export function inFileOrder(problems: readonly Problem[]): Problem[] {
  const position = ({ place }: Problem) =>
    place === undefined ? Number.POSITIVE_INFINITY : place.line * 1e6 + place.column;
  // The difference of two infinities is NaN.
  return [...problems].sort((a, b) => position(a) - position(b) || 0);
}
