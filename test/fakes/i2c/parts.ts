/** A part as the bus sees it: it takes the bytes of a transaction and gives `length` bytes, or does not answer. */
export interface FakePart {
  transfer(bytes: readonly number[], length: number): readonly number[] | undefined;
}

/** How a part's registers lie behind its pointer. */
interface Registers {
  /** What its registers have after power-on, by number: a byte, or a word for a part whose registers are words. */
  readonly powerOn: Readonly<Record<number, number>>;
  /** How wide its registers are. Bytes follow each other by themselves; words do not. Default: bytes. */
  readonly width?: "byte" | "word, high byte first" | "word, low byte first";
  /** The register that the first byte of a transaction means. Default: that number. */
  readonly pointer?: (first: number) => number;
}

/** A part with registers: the first byte that is written is its pointer, what follows is written there. */
export class RegisterPart implements FakePart {
  readonly registers = new Map<number, number>();
  /** Whether it acknowledges its address. */
  answers = true;
  /** What every byte is read as while a wire is stuck, such as 0xff; undefined: nothing is stuck. */
  stuck: number | undefined;
  /** Everything that was written, in order. */
  readonly written: { register: number; value: number }[] = [];
  /** Called before a register is read. */
  onRead: (register: number) => void = () => {};
  /** Called after a register was written. */
  onWrite: (register: number, value: number) => void = () => {};
  readonly #plan: Registers;
  #pointer = 0;

  constructor(plan: Registers) {
    this.#plan = plan;
    this.cutPower();
  }

  /** The supply goes away for a moment: all registers are as after power-on. */
  cutPower(): void {
    this.registers.clear();
    this.set(this.#plan.powerOn);
  }

  set(values: Readonly<Record<number, number>>): void {
    for (const [register, value] of Object.entries(values)) this.registers.set(Number(register), value);
  }

  /** The last value that was written into a register. */
  lastWritten(register: number): number | undefined {
    return this.written.findLast((one) => one.register === register)?.value;
  }

  transfer(bytes: readonly number[], length: number): readonly number[] | undefined {
    if (!this.answers) return undefined;
    const [first, ...values] = bytes;
    if (first !== undefined) this.#pointer = this.#plan.pointer?.(first) ?? first;
    const { width = "byte" } = this.#plan;
    if (width === "byte") for (const value of values) this.#write(this.#pointer++, value);
    else if (values.length > 0) this.#write(this.#pointer, this.#word(values));
    const read = width === "byte" ? this.#bytes(length) : this.#wordBytes(length);
    return this.stuck === undefined ? read : read.map(() => this.stuck ?? 0);
  }

  #write(register: number, value: number): void {
    this.registers.set(register, value);
    this.written.push({ register, value });
    this.onWrite(register, value);
  }

  #read(register: number): number {
    this.onRead(register);
    return this.registers.get(register) ?? 0;
  }

  #bytes(length: number): number[] {
    return Array.from({ length }, () => this.#read(this.#pointer++) & 0xff);
  }

  #word([one = 0, other = 0]: readonly number[]): number {
    return this.#plan.width === "word, low byte first" ? other * 256 + one : one * 256 + other;
  }

  #wordBytes(length: number): number[] {
    if (length === 0) return [];
    const word = this.#read(this.#pointer);
    const bytes = [(word >> 8) & 0xff, word & 0xff];
    return (this.#plan.width === "word, low byte first" ? bytes.reverse() : bytes).slice(0, length);
  }
}
