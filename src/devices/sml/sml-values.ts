/**
 * The values in SML messages (Smart Message Language 1.04, chapter 6). Each element begins with a byte whose bits 6 to 4 are its type and
 * whose bits 3 to 0 are its length, which includes that byte except for a list, of which it is the number of elements; bit 7 says
 * that another such byte adds four bits.
 */

/** A value of a meter. */
export interface SmlValue {
  /** Its code without the part behind the star: "1-0:1.8.0". */
  readonly code: string;
  /** Its unit by the number that DLMS gives to it (IEC 62056-62, table of units). Undefined: none is given. */
  readonly unit: number | undefined;
  readonly value: number;
}

/** A text is bytes, a number is a number, true and false are 1 and 0. What was left out, and the end of a message, are undefined. */
type Element = Uint8Array | number | readonly Element[] | undefined;

const deepest = 16;

/**
 * The values in these messages: each list of seven elements that begins with a code of six bytes and has a number as its sixth. Of
 * bytes that cannot be read, the values before them.
 */
export function readSmlValues(messages: readonly number[]): readonly SmlValue[] {
  const found: SmlValue[] = [];
  const reader = new Reader(Uint8Array.from(messages), (list) => {
    const [name, , , unit, scaler, value] = list;
    if (list.length !== 7 || !(name instanceof Uint8Array) || name.length !== 6 || typeof value !== "number") return;
    const [medium, channel, quantity, kind, tariff] = name;
    const exponent = typeof scaler === "number" ? scaler : 0;
    // A power of ten below one is divided by, so that 0.1 steps come out as they are written.
    const scaled = exponent < 0 ? value / 10 ** -exponent : value * 10 ** exponent;
    found.push({
      code: `${medium}-${channel}:${quantity}.${kind}.${tariff}`,
      unit: typeof unit === "number" ? unit : undefined,
      value: scaled,
    });
  });
  reader.readAll();
  return found;
}

class Reader {
  readonly #bytes: Uint8Array;
  readonly #onList: (list: readonly Element[]) => void;
  #at = 0;
  #broken = false;

  constructor(bytes: Uint8Array, onList: (list: readonly Element[]) => void) {
    this.#bytes = bytes;
    this.#onList = onList;
  }

  readAll(): void {
    while (!this.#broken && this.#at < this.#bytes.length) this.#element(0);
  }

  #element(depth: number): Element {
    const first = this.#next();
    let length = first & 0x0f;
    let headBytes = 1;
    for (let more = first; more & 0x80 && !this.#broken; headBytes += 1) {
      more = this.#next();
      length = length * 16 + (more & 0x0f);
    }
    const type = (first & 0x70) >> 4;
    if (type === 7) return this.#list(length, depth);
    if (first === 0 || length <= headBytes) return undefined;
    const content = this.#take(length - headBytes);
    switch (type) {
      case 0:
        return content;
      case 4:
        return content[0] === 0 ? 0 : 1;
      case 5:
        return numberIn(content, true);
      case 6:
        return numberIn(content, false);
      default:
        this.#broken = true;
        return undefined;
    }
  }

  #list(length: number, depth: number): readonly Element[] {
    const list: Element[] = [];
    if (depth > deepest || length > this.#bytes.length) this.#broken = true;
    for (let index = 0; index < length && !this.#broken; index += 1) list.push(this.#element(depth + 1));
    if (!this.#broken) this.#onList(list);
    return list;
  }

  #next(): number {
    const byte = this.#bytes[this.#at];
    this.#at += 1;
    if (byte === undefined) this.#broken = true;
    return byte ?? 0;
  }

  #take(length: number): Uint8Array {
    const taken = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    if (taken.length < length) this.#broken = true;
    return taken;
  }
}

/** A number of up to eight bytes, the highest first. Meters leave out leading bytes. */
function numberIn(bytes: Uint8Array, isSigned: boolean): number {
  const bits = BigInt(`0x${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`);
  return Number(isSigned ? BigInt.asIntN(bytes.length * 8, bits) : bits);
}
