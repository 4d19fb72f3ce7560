import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder of the repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** A page in Markdown. */
export interface Page {
  /** From the folder of the repository: `docs/pins.md`. */
  readonly file: string;
  readonly text: string;
}

/** Every page that people read: those at the top, those of docs, and the reference of the kinds. */
export function readPages(): readonly Page[] {
  const pagesIn = (folder: string) => readdirSync(`${root}/${folder}`).filter((name) => name.endsWith(".md"));
  const files = [...pagesIn(""), ...pagesIn("docs").map((name) => `docs/${name}`), "src/devices/README.md"];
  return files.map((file) => ({ file, text: readFileSync(`${root}/${file}`, "utf8").replaceAll("\r\n", "\n") }));
}

/** The blocks of one language, each with the title that stands behind it: the name of a file, or nothing. */
export function blocksIn(
  text: string,
  language: string,
): readonly { readonly title: string; readonly block: string }[] {
  const fence = new RegExp(`^\`\`\`${language}(?: title="([^"]*)")?\\n(.*?)^\`\`\``, "gms");
  return [...text.matchAll(fence)].map(([, title = "", block = ""]) => ({ title, block }));
}
