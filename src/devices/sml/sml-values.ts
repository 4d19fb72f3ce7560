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

/** A number, and the same bytes read without a sign. */
interface SmlNumber {
  readonly value: number;
  readonly unsigned: number;
  readonly bytes: number;
}

/** A text is bytes, true and false are the numbers 1 and 0. What was left out, and the end of a message, are undefined. */
type Element = Uint8Array | SmlNumber | readonly Element[] | undefined;

const deepest = 16;

/**
 * The values in these messages: each list of seven elements that begins with a code of six bytes and has a number as its sixth. Of
 * bytes that cannot be read, the values before them.
 */
export function readSmlValues(messages: readonly number[]): readonly SmlValue[] {
  const found: SmlValue[] = [];
  let losesZeros = false;
  const reader = new Reader(Uint8Array.from(messages), (list) => {
    const [name, , , unit, scaler, value] = list;
    if (list.length !== 7 || !(name instanceof Uint8Array) || name.length !== 6) return;
    const [medium, channel, quantity, kind, tariff] = name;
    const code = `${medium}-${channel}:${quantity}.${kind}.${tariff}`;
    losesZeros ||= code === "1-0:96.1.0" && value instanceof Uint8Array && isOldDvs74(value);
    if (!isNumber(value)) return;
    const number = losesZeros && code === "1-0:16.7.0" && value.bytes <= 3 ? value.unsigned : value.value;
    const exponent = isNumber(scaler) ? scaler.value : 0;
    // A power of ten below one is divided by, so that 0.1 steps come out as they are written.
    const scaled = exponent < 0 ? number / 10 ** -exponent : number * 10 ** exponent;
    found.push({ code, unit: isNumber(unit) ? unit.value : undefined, value: scaled });
  });
  reader.readAll();
  return found;
}

function isNumber(element: Element): element is SmlNumber {
  return element !== undefined && "unsigned" in element;
}

/** The numbers of the meters that {@link isOldDvs74} knows: those from 60000000 on are right again. */
const oldDvs74 = [
  [42_000_000, 48_999_999],
  [55_000_000, 58_999_999],
] as const;

/**
 * Whether the identification of a meter (its length, 1, "DZG" and five bytes of its number) is that of a DVS74 which leaves out the leading
 * zeros of a power though its first bit looks like a sign then: 328.05 W come as 53 8025, which is -327.31 W. What goes to the grid has four
 * bytes (libsml, sml/src/sml_list.c, detect_buggy_dzg_dvs74).
 */
function isOldDvs74(identification: Uint8Array): boolean {
  const [length, medium, d, z, g, ...number] = identification;
  if (identification.length !== 10 || length !== 0x0a || medium !== 1) return false;
  if (String.fromCharCode(d ?? 0, z ?? 0, g ?? 0) !== "DZG") return false;
  const serial = number.reduce((sum, byte) => sum * 256 + byte, 0);
  return oldDvs74.some(([first, last]) => serial >= first && serial <= last);
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
        return numberIn(content[0] === 0 ? [0] : [1], false);
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
function numberIn(bytes: ArrayLike<number>, isSigned: boolean): SmlNumber {
  const bits = BigInt(`0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`);
  const unsigned = Number(bits);
  return {
    value: isSigned ? Number(BigInt.asIntN(bytes.length * 8, bits)) : unsigned,
    unsigned,
    bytes: bytes.length,
  };
}
