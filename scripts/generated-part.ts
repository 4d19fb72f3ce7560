const end = "<!-- End of what is generated. -->\n";

/** A page with its generated part made anew. `from` is where the part comes from. Throws where the page has no place for it. */
export function withGeneratedPart(page: string, from: string, text: string): string {
  const begin = `<!-- Generated from ${from} by "npm run generate". -->\n`;
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`the page has no "${begin.trim()}" with its end`);
  return `${before}${begin}\n${text}\n${end}${after}`;
}
