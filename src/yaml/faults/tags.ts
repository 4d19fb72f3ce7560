import type { Document, Node } from "yaml";
import { lexemes } from "../lexemes.ts";
import { type Path, pathText } from "../path.ts";
import type { Place, Problem } from "../problem.ts";
import { mayBeSecret, shownPath } from "../shown.ts";
import { pathTo } from "../tree-path.ts";
import { yamlPackage } from "../yaml-package.ts";

/** The tags of the types that YAML values have anyway (YAML 1.2.2, chapter 10). They change nothing. */
const coreTags = ["str", "int", "float", "bool", "null", "map", "seq"].map((name) => `tag:yaml.org,2002:${name}`);

/** Tags of Home Assistant, ESPHome and others. None of them can be a password. */
const forVariables = ["!secret", "!env_var", "!env", "!ENV"];
const forFiles = /^!(include(_dir_(list|named|merge_list|merge_named))?|import)$/;

/**
 * Finds tags that a program would have to understand, such as `!secret`. The parser would ignore the tag, use the text after it, and only
 * give a warning.
 */
export function foreignTags(document: Document, text: string, placeAt: (offset: number) => Place): Problem[] {
  if (!text.includes("!")) return [];
  const tagged: { readonly node: Node; readonly path: Path }[] = [];
  yamlPackage().visit(document, {
    Node(_key, node, ancestors) {
      if (node.tag !== undefined) tagged.push({ node, path: pathTo(node, ancestors) });
    },
  });
  if (tagged.length === 0) return [];
  // A node does not know the place of its tag. The tags in the text are in the same order as the nodes.
  const tags = [...lexemes(text)].filter(({ source, isText }) => !isText && source.startsWith("!"));
  const refused = document.warnings
    .filter(({ code }) => code === "TAG_RESOLVE_FAILED")
    .map(({ pos: [start] }) => start);
  const unfit = new Set(refused);
  return tags.flatMap(({ source, offset }, index): Problem[] => {
    const { node, path } = tagged[index] ?? {};
    if (node?.tag === undefined || path === undefined) return [];
    if (coreTags.includes(node.tag) && !unfit.has(offset)) return [];
    return [{ path: pathText(shownPath(path)), place: placeAt(offset), sentence: sentenceFor(source, path) }];
  });
}

function sentenceFor(tag: string, path: Path): string {
  if (forVariables.includes(tag))
    return `the tag ${tag} is not known here; write \${NAME} instead, and NAME=… into .env beside this file`;
  if (forFiles.test(tag))
    return `the tag ${tag} is not known here; write what the other file says into this one, without the tag`;
  // A password may begin with an exclamation mark, so it must not be shown.
  if (mayBeSecret(path))
    return `what begins with ! here is a tag of YAML; put the text in quotes, or write \${NAME}, and NAME=… into .env`;
  return `"${tag}" is a tag of YAML that is not known here; remove it, or put a text that begins with ! in quotes`;
}
