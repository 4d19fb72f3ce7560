/** A whole number that is exact, also one in hexadecimal, and one with a point. */
const number = /^(?:0|-?[1-9]\d{0,14}|0x[\da-fA-F]{1,12}|-?\d{1,9}\.\d{1,9})$/;
/**
 * A text that can be nothing else: it begins with a letter or /, or is a number with a unit, an id as sensors have (28-0316a2795dff), or a
 * time of day.
 */
const word =
  /^(?:[A-Za-z\xa1-\u024f/].*|-?\d{1,9}(?:\.\d{1,9})?[a-df-np-wyzA-DF-NP-WYZ%][A-Za-z]*|\d{1,9}-[\da-f]+|\d\d:\d\d)$/;
/** What ends a text, or makes it a key or a value of several lines. */
const notInText = /: |:$| #/;
const quoted = /^(?:"([^"\\]*)"|'([^']*)')$/;
/** The parts of a group or list on one line: a key, a text in quotes or without, a sign. */
const flowPart = / *(?:([A-Za-z_][\w-]*): +|("[^"\\]*"|'[^']*')|([^\s[\]{}"',:#]+)|([[\]{},]))/y;
const named: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["true", true],
  ["false", false],
  ["null", null],
]);
const otherNames = /^(?:true|false|null)$/i;

/** Thrown and caught in this folder: a text has something that the plain reader does not know. */
export const giveUp = Symbol("more than plain YAML");

/** A group of keys with their values. */
export type Group = Record<string, unknown>;

/** Is told where a text or number is written: the group or list that it is in, its key or index there, and its offset. */
export type Note = (holder: object, key: PropertyKey, offset: number) => void;

/** Where a value is to be put. */
interface Goal {
  readonly holder: object;
  readonly key: PropertyKey;
  readonly note: Note;
}

/** The value that is written on one line, at this offset of the text. */
export function valueIn(written: string, offset: number, { holder, key, note }: Goal): unknown {
  if (written.startsWith("{") || written.startsWith("[")) return new OneLine(written, offset, note).whole();
  note(holder, key, offset);
  return scalar(written);
}

/** One of these: a key, a text, a sign. */
interface Part {
  readonly key: string | undefined;
  readonly text: string | undefined;
  readonly sign: string | undefined;
}

/** A group or list that is written on one line, as in `{kind: relay, pins: [1, 2]}`. */
class OneLine {
  readonly #text: string;
  readonly #offset: number;
  readonly #note: Note;
  #at = 0;

  constructor(text: string, offset: number, note: Note) {
    this.#text = text;
    this.#offset = offset;
    this.#note = note;
  }

  whole(): unknown {
    const value = this.#value(this.#part(), {}, "");
    return this.#at === this.#text.length ? value : fail();
  }

  #part(): Part {
    flowPart.lastIndex = this.#at;
    const [, key, inQuotes, bare, sign] = flowPart.exec(this.#text) ?? fail();
    this.#at = flowPart.lastIndex;
    return { key, text: inQuotes ?? bare, sign };
  }

  #value({ text, sign }: Part, holder: object, key: PropertyKey): unknown {
    if (text !== undefined) {
      this.#note(holder, key, this.#offset + this.#at - text.length);
      return scalar(text);
    }
    return sign === "{" ? this.#group() : sign === "[" ? this.#list() : fail();
  }

  #group(): Group {
    const group: Group = {};
    for (let part = this.#part(); part.sign !== "}"; part = this.#after("}")) {
      if (part.key === undefined) fail();
      add(group, part.key, this.#value(this.#part(), group, part.key));
    }
    return group;
  }

  #list(): unknown[] {
    const items: unknown[] = [];
    for (let part = this.#part(); part.sign !== "]"; part = this.#after("]"))
      items.push(this.#value(part, items, items.length));
    return items;
  }

  /** What comes after a value: the end, or a comma and the next part. */
  #after(end: "}" | "]"): Part {
    const part = this.#part();
    if (part.sign === end) return part;
    const next = part.sign === "," ? this.#part() : fail();
    return next.sign === end ? fail() : next;
  }
}

/** Adds a value to a group. A key that is there already is a mistake, and some words are keys of another sort. */
export function add(group: Group, key: string, value: unknown): void {
  if (key in group || otherNames.test(key)) fail();
  group[key] = value;
}

function scalar(written: string): unknown {
  if (number.test(written)) return Number(written);
  if (named.has(written)) return named.get(written);
  const [isQuoted, double, single] = quoted.exec(written) ?? [];
  if (isQuoted !== undefined) return double ?? single;
  return word.test(written) && !notInText.test(written) && !otherNames.test(written) ? written : fail();
}

/** Leaves the text to a YAML parser. */
export function fail(): never {
  throw giveUp;
}
