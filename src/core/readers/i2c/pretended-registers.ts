import { highFirst, lowFirst } from "./words.ts";

/** How a pretended part's registers work. */
export interface PretendedRegisters {
  /** What a register has now that is not only what was written: a measurement, an id, a status. Undefined: what was written. */
  read(register: number, written: ReadonlyMap<number, number>): number | undefined;
  /** The register that the first byte means. Default: that number. */
  readonly pointer?: (first: number) => number;
  /** Absent for registers of a byte, which follow each other by themselves; the order of the bytes of registers that are words. */
  readonly words?: "high first" | "low first";
}

/** A part with registers, for the simulation: the first byte of a transaction is its pointer, what follows is written there. */
export function pretendedRegisters({ read, pointer = (first) => first, words }: PretendedRegisters) {
  const written = new Map<number, number>();
  let at = 0;
  const inRegister = (register: number) => read(register, written) ?? written.get(register) ?? 0;
  return (bytes: readonly number[], length: number): readonly number[] => {
    const [first, ...values] = bytes;
    if (first !== undefined) at = pointer(first);
    if (words !== undefined) {
      const [one = 0, other = 0] = values;
      if (values.length > 0) written.set(at, words === "high first" ? one * 256 + other : other * 256 + one);
      return (words === "high first" ? highFirst : lowFirst)(inRegister(at)).slice(0, length);
    }
    for (const value of values) written.set(at++, value);
    return Array.from({ length }, () => inRegister(at++) & 0xff);
  };
}
