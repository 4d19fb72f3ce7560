import { add, fail, type Group, giveUp, valueIn } from "./plain-line.ts";

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
    return read(text);
  } catch (error) {
    if (error === giveUp) return undefined;
    throw error;
  }
}

function read(text: string): Group {
  const root = opened(0);
  const above: Open[] = [];
  let open = root;
  let hasKeys = false;
  for (const line of text.split("\n")) {
    if (comment.test(line)) continue;
    const indent = line.search(/[^ ]/);
    const written = withoutRemark(line.slice(indent));
    while (indent < open.indent) {
      close(open);
      open = above.pop() ?? fail();
    }
    if (written.startsWith("- ")) {
      addItem(open, indent, written);
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
    add(open.group, key, value === undefined ? null : valueIn(value));
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

function addItem(open: Open, indent: number, written: string): void {
  const [, item = ""] = itemLine.exec(written) ?? fail();
  if (open.items === undefined) {
    if (open.key === undefined) fail();
    open.items = [];
    open.itemIndent = indent;
    open.group[open.key] = open.items;
  }
  if (indent !== open.itemIndent) fail();
  open.items.push(valueIn(item));
}
