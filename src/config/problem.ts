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
}

/** The line that people read: `devices.yaml:4:10  devices.lamp.pin: …`. */
export function formatProblem(fileName: string, { place, path, sentence }: Problem): string {
  const where = place === undefined ? "" : `${fileName}:${place.line}:${place.column}  `;
  return path === "" ? `${where}${sentence}` : `${where}${path}: ${sentence}`;
}

/** In the order of the file; what comes from outside it last. */
export function inFileOrder(problems: readonly Problem[]): Problem[] {
  const position = ({ place }: Problem) =>
    place === undefined ? Number.POSITIVE_INFINITY : place.line * 1e6 + place.column;
  // The difference of two infinities is not a number.
  return [...problems].sort((a, b) => position(a) - position(b) || 0);
}
