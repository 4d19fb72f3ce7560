const end = "<!-- End of what is generated. -->\n";

/**
 * A page with its generated part made anew. `from` is where the part comes from, `command` what writes it. Throws where the page has no
 * place for it.
 */
export function withGeneratedPart(page: string, from: string, text: string, command = "npm run generate"): string {
  const begin = `<!-- Generated from ${from} by "${command}". -->\n`;
  const [before, rest] = page.split(begin);
  const place = rest?.indexOf(end) ?? -1;
  if (before === undefined || rest === undefined || place < 0)
    throw new Error(`the page has no "${begin.trim()}" with its end`);
  return `${before}${begin}\n${text}\n${rest.slice(place)}`;
}
