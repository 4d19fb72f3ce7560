/** An element of an SVG, read back. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** The text directly inside. */
  readonly text: string;
}

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"' };

function unescaped(text: string): string {
  if (/[<>]|&(?!(amp|lt|gt|quot);)/.test(text)) throw new Error(`not well-formed: ${text}`);
  return text.replace(/&(\w+);/g, (_, name: string) => entities[name] ?? "");
}

/** Reads XML strictly, as far as pictures need it: elements, attributes in double quotes, text, the four entities. */
export function parseXml(xml: string): Element {
  const stack = [{ name: "", attributes: {}, children: [] as Element[], text: "" }];
  let at = 0;
  for (const match of xml.matchAll(/<(\/?)([a-z]+)((?: [A-Za-z-]+="[^"]*")*)(\/?)>|([^<]+)/g)) {
    if (match.index !== at) throw new Error(`not well-formed at ${xml.slice(at, at + 40)}`);
    at += match[0].length;
    const [, closing, name = "", attributes = "", empty, text] = match;
    const parent = stack.at(-1);
    if (parent === undefined) throw new Error("something stands after the end");
    if (text !== undefined) parent.text += unescaped(text);
    else if (closing) {
      if (stack.pop()?.name !== name) throw new Error(`${name} ends what it has not begun`);
    } else {
      const pairs = [...attributes.matchAll(/([A-Za-z-]+)="([^"]*)"/g)];
      if (new Set(pairs.map(([, key]) => key)).size !== pairs.length) throw new Error(`${name} has an attribute twice`);
      const values = Object.fromEntries(pairs.map(([, key = "", value = ""]) => [key, unescaped(value)]));
      const element = { name, attributes: values, children: [], text: "" };
      parent.children.push(element);
      if (!empty) stack.push(element);
    }
  }
  const [root] = stack;
  if (at !== xml.length || stack.length !== 1 || root?.children.length !== 1 || root.text.trim() !== "")
    throw new Error("not well-formed: it has no end, or more than one root");
  return root.children[0] as Element;
}

/** All elements of a name, in the order of the file. */
export function all(element: Element, name: string): readonly Element[] {
  return [...(element.name === name ? [element] : []), ...element.children.flatMap((child) => all(child, name))];
}

/** A rectangle by its edges. */
export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where a text stands, in a rather wide font such as DejaVu Sans. */
export function areaOf({ attributes, text }: Element): Area {
  const [x, y, size] = ["x", "y", "font-size"].map((name) => Number(attributes[name])) as [number, number, number];
  const width = text.length * size * 0.56;
  const anchor = attributes["text-anchor"];
  const left = anchor === "end" ? x - width : anchor === "middle" ? x - width / 2 : x;
  return { left, right: left + width, top: y - size * 0.75, bottom: y + size * 0.1 };
}

/** The straight pieces of a path as thin areas; corners are left out. */
export function piecesOf({ attributes }: Element): readonly Area[] {
  const pieces: Area[] = [];
  let [x, y] = [0, 0];
  for (const [, command = "", rest = ""] of (attributes["d"] ?? "").matchAll(/([MLHVQ])([^MLHVQ]*)/g)) {
    const numbers = rest.trim().split(/ +/).map(Number);
    const [endX, endY] =
      command === "H"
        ? [numbers[0] ?? 0, y]
        : command === "V"
          ? [x, numbers[0] ?? 0]
          : (numbers.slice(-2) as [number, number]);
    if (command === "H" || command === "V")
      pieces.push({
        left: Math.min(x, endX),
        right: Math.max(x, endX),
        top: Math.min(y, endY),
        bottom: Math.max(y, endY),
      });
    [x, y] = [endX, endY];
  }
  return pieces;
}

/** Whether two areas come nearer to each other than `distance` pixels. */
export function touch(a: Area, b: Area, distance: number): boolean {
  return (
    a.left < b.right + distance &&
    b.left < a.right + distance &&
    a.top < b.bottom + distance &&
    b.top < a.bottom + distance
  );
}
