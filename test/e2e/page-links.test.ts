import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { type Page, readPages, root } from "./pages.ts";

const pages = readPages();
const pageOf = (file: string) => pages.find((page) => page.file === file);

/** The links of a page to files of the repository. */
function linksIn({ file, text }: Page) {
  const prose = text.replace(/^```.*?^```/gms, "").replace(/`[^`\n]*`/g, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = ""]) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => {
      const [path = "", anchor] = link.split("#");
      return { link, path: path === "" ? file : normalize(join(dirname(file), path)), anchor };
    });
}

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsIn({ text }: Page): readonly string[] {
  return [...text.replace(/^```.*?^```/gms, "").matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

describe.each(pages)("the page $file", (page) => {
  it("links only to what is there", () => {
    const dead = linksIn(page).filter(({ path, anchor }) => {
      if (!existsSync(join(root, path))) return true;
      const other = pageOf(path);
      return anchor !== undefined && other !== undefined && !anchorsIn(other).includes(anchor);
    });
    expect(dead).toEqual([]);
  });
});

it("leads from the README to every page", () => {
  const reached = new Set(["README.md"]);
  for (const file of reached) {
    const page = pageOf(file);
    if (page !== undefined) for (const { path } of linksIn(page)) reached.add(path);
  }
  expect(pages.map(({ file }) => file).filter((file) => !reached.has(file))).toEqual([]);
});
