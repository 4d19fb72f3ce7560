import { setFlagsFromString } from "node:v8";

/**
 * Keeps V8's memory for new objects at the 1 MB that it begins with. V8 would let it grow to three times 16 MB during the start and each
 * flood of commands, and would never give that back. The option --max-semi-space-size has the same effect, but V8 reads it only before
 * the program begins. A flood costs 14 % more processor time with this.
 */
export function keepYoungMemorySmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}
