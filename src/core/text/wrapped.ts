/** A line whose words a terminal would break is not made narrower than this. */
const least = 40;

/**
 * The text with its long lines broken between words, for a terminal with so many columns. What follows stands below the line's own text: behind
 * its indent, or in its second column where there is one. Lines for which `isProse` is false stay whole, so that they can be copied.
 * Without columns, as in a pipe, nothing changes.
 */
export function wrapped(text: string, columns: number | undefined, isProse = (_line: string) => true): string {
  if (columns === undefined || columns < least) return text;
  return text
    .split("\n")
    .map((line) => (line.length <= columns || !isProse(line) ? line : broken(line, columns)))
    .join("\n");
}

function broken(line: string, columns: number): string {
  const [, begin = "", rest = line] = /^(#? *(?:[a-z0-9_]+ {2,})?)(.*)$/.exec(line) ?? [];
  const room = columns - begin.length;
  const lines: string[] = [];
  let last = "";
  for (const word of rest.split(" ")) {
    const longer = last === "" ? word : `${last} ${word}`;
    if (longer.length > room && last !== "") {
      lines.push(last);
      last = word;
    } else last = longer;
  }
  const hanging = `${begin.startsWith("#") ? "#" : " "}${" ".repeat(begin.length)}`.slice(0, begin.length);
  return begin + [...lines, last].join(`\n${hanging}`);
}
