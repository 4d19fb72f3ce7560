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
    if (written.startsWith("- ")) {
      addItem(open, indent, written, start + indent, note);
      continue;
    }
    const [, key, value] = keyLine.exec(written) ?? fail();
    if (key === undefined) fail();
    if (indent > open.indent) {
      if (open.key === undefined || open.items !== undefined) fail();
      const below = opened(indent);
      open.group[open.key] = below.group;
      open.key = undefined;
      above.push(open);
      open = below;
    }
    close(open);
    hasKeys = true;
    const offset = start + indent + written.length - (value ?? "").length;
    add(open.group, key, value === undefined ? null : valueIn(value, offset, { holder: open.group, key, note }));
    open.key = value === undefined ? key : undefined;
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

function addItem(open: Open, indent: number, written: string, offset: number, note: Note): void {
  const [, item = ""] = itemLine.exec(written) ?? fail();
  if (open.items === undefined) {
    if (open.key === undefined) fail();
    open.items = [];
    open.itemIndent = indent;
    open.group[open.key] = open.items;
  }
  if (indent !== open.itemIndent) fail();
  const { items } = open;
  items.push(valueIn(item, offset + written.length - item.length, { holder: items, key: items.length, note }));
}
