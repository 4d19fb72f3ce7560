import type { Path } from "./path.ts";
import { add, fail, type Group, giveUp, type Note, valueIn } from "./plain-line.ts";

/** A key, perhaps with a value on its line. A key is a word, as all of ours are. */
const keyLine = /^([A-Za-z_][\w-]*):(?: +(\S.*))?$/;
const itemLine = /^- +(\S.*)$/;
const comment = /^ *(?:#.*)?$/;
/** Characters that YAML lets stand in a text, as far as people write them. No tab, and no line break but the line feed. */
const characters = /^[\n\x20-\x7e\xa1-\u024f]*$/;

/** A group or list that is being read. */
interface Open {
  readonly indent: number;
  readonly group: Group;
  /** The key that has no value yet. */
  key: string | undefined;
  /** The list that is the value of the last key, and its indent. */
  items: unknown[] | undefined;
  itemIndent: number;
}

/**
 * Reads a YAML text that is as plain as most files are: groups of keys, with words, numbers, texts in quotes and lists of such on one line or
 * below. Undefined if the text has anything else, or a mistake; a YAML parser must read it then. It is many times faster than one, since it
 * makes nothing but the value, and gives up at everything that could mean more than it seems.
 */
export function plainYaml(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!characters.test(text)) return undefined;
  try {
    return read(text, () => {});
  } catch (error) {
    if (error === giveUp) return undefined;
    throw error;
  }
}

/** Makes a function that gives the offset of a text or number in a text that {@link plainYaml} has read, by its path. */
export function plainPlaces(text: string): (path: Path) => number | undefined {
  const offsets = new Map<unknown, Map<string, number>>();
  const root = read(text, (holder, key, offset) => {
    const inHolder = offsets.get(holder) ?? new Map<string, number>();
    offsets.set(holder, inHolder.set(String(key), offset));
  });
  return (path) => {
    const below = (value: unknown, key: PropertyKey) =>
      (value as Readonly<Record<PropertyKey, unknown>> | undefined)?.[key];
    return offsets.get(path.slice(0, -1).reduce(below, root))?.get(String(path.at(-1)));
  };
}

function read(text: string, note: Note): Group {
  const root = opened(0);
  const above: Open[] = [];
  let open = root;
  let hasKeys = false;
  let next = 0;
  for (const line of text.split("\n")) {
    const start = next;
    next += line.length + 1;
    if (comment.test(line)) continue;
    const indent = line.search(/[^ ]/);
    const written = withoutRemark(line.slice(indent));
    while (indent < open.indent) {
      close(open);
      open = above.pop() ?? fail();
    }
    const offset = start + indent;
    const item = written.startsWith("- ") ? (itemLine.exec(written)?.[1] ?? fail()) : undefined;
    if (item !== undefined && !keyLine.test(item)) {
      addItem(open, indent, item, { offset: offset + written.length - item.length, note });
      continue;
    }
    const atKey = item === undefined ? indent : indent + written.length - item.length;
    if (item !== undefined || indent > open.indent) {
      const below = opened(atKey);
      if (item === undefined) putBelow(open, below);
      else itemsOf(open, indent).push(below.group);
      above.push(open);
      open = below;
    }
    hasKeys = true;
    addKey(open, item ?? written, { offset: start + atKey, note });
  }
  return hasKeys ? root.group : fail();
}

/** A text in quotes may have a # in it, so there a remark is left, at which the reader gives up. */
function withoutRemark(written: string): string {
  return (/["']/.test(written) ? written : written.replace(/ #.*$/, "")).trimEnd();
}

function opened(indent: number): Open {
  return { indent, group: {}, key: undefined, items: undefined, itemIndent: 0 };
}

/** The value of the last key is complete. */
function close(open: Open): void {
  open.key = undefined;
  open.items = undefined;
}

/** Where a text begins, and who wants to know it. */
interface At {
  readonly offset: number;
  readonly note: Note;
}

function addKey(open: Open, written: string, { offset, note }: At): void {
  const [, key = fail(), value] = keyLine.exec(written) ?? fail();
  close(open);
  if (value === undefined) {
    add(open.group, key, null);
    open.key = key;
    return;
  }
  const atValue = offset + written.length - value.length;
  add(open.group, key, valueIn(value, atValue, { holder: open.group, key, note }));
}

/** Makes a group the value of the key that has none yet. */
function putBelow(open: Open, below: Open): void {
  if (open.key === undefined || open.items !== undefined) fail();
  open.group[open.key] = below.group;
  open.key = undefined;
}

/** The list that is the value of the last key, for an item with this indent. */
function itemsOf(open: Open, indent: number): unknown[] {
  if (open.items === undefined) {
    if (open.key === undefined) fail();
    open.items = [];
    open.itemIndent = indent;
    open.group[open.key] = open.items;
  }
  return indent === open.itemIndent ? open.items : fail();
}

function addItem(open: Open, indent: number, item: string, { offset, note }: At): void {
  const items = itemsOf(open, indent);
  items.push(valueIn(item, offset, { holder: items, key: items.length, note }));
}
