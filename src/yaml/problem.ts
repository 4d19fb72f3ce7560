import { cleanText } from "../core/text/clean-text.ts";

/** Where something stands in a file, counted from 1 as editors do. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Something that the owner of devices.yaml should mend, or in a warning: know. */
export interface Problem {
  /** Absent for what comes from outside the file, such as an environment variable. */
  readonly place?: Place | undefined;
  /** The keys that lead to it, such as "devices.lamp.pin"; "" for the file as a whole. */
  readonly path: string;
  /** Lower case, no full stop, with what to do. */
  readonly sentence: string;
  /** Whether something is missing: where a key beside it is spoilt, that may be it. */
  readonly isAbsent?: boolean;
  /** Whether a key cannot be known for what it is meant to be. */
  readonly isKeySpoilt?: boolean;
}

/** The line that people read: `devices.yaml:4:10  devices.lamp.pin: …`. What stands in the file moves no terminal's cursor. */
export function formatProblem(fileName: string, { place, path, sentence }: Problem): string {
  const where = place === undefined ? "" : `${fileName}:${place.line}:${place.column}  `;
  return cleanText(path === "" ? `${where}${sentence}` : `${where}${path}: ${sentence}`);
}

/** What of a text as a whole explains other problems. */
interface Explanations {
  readonly problems: readonly Problem[];
  /** By path, what is the reason where a value is wrong. */
  readonly reasons: ReadonlyMap<string, Problem>;
}

/**
 * The problems that are none of the text's own: what the YAML itself or a missing variable spoilt is not complained of twice, nor is
 * something missing beside a misspelt key that may be it.
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

/** In the order of the file; what comes from outside it last. */
export function inFileOrder(problems: readonly Problem[]): Problem[] {
  const position = ({ place }: Problem) =>
    place === undefined ? Number.POSITIVE_INFINITY : place.line * 1e6 + place.column;
  // The difference of two infinities is not a number.
  return [...problems].sort((a, b) => position(a) - position(b) || 0);
}
