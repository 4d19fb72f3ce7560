/**
 * Codes of the parser whose own messages are used. They name what is missing or too much, and never quote the text, which may contain a
 * secret.
 */
const plainCodes = [
  "ALIAS_PROPS",
  "BLOCK_IN_FLOW",
  "KEY_OVER_1024_CHARS",
  "MULTILINE_IMPLICIT_KEY",
  "MULTIPLE_ANCHORS",
  "MULTIPLE_TAGS",
];

/** A sentence for an error of the parser. The parser's own message often does not say what to do, or it might quote a password. */
export function yamlSentence(code: string, message: string): string {
  switch (code) {
    case "BAD_INDENT":
    case "BLOCK_AS_IMPLICIT_KEY":
      return "the indentation is wrong here; put keys that belong together in the same column";
    case "MISSING_CHAR":
      return `something is missing here (${lowerFirst(message)})`;
    case "TAB_AS_INDENT":
      return "this line is indented with a tab; YAML wants spaces";
    case "MULTIPLE_DOCS":
      return "a second document begins here; keep one and remove the line ---";
    case "BAD_SCALAR_START":
      return "a text cannot begin with this character; put it in quotes";
    case "BAD_DQ_ESCAPE":
      return "there is no such \\ in a text in \"double quotes\"; write \\\\ for it, or put the text in 'single quotes'";
    case "TAG_RESOLVE_FAILED":
      return "what begins with ! here is a tag of YAML; put the text in quotes";
    default:
      return plainCodes.includes(code)
        ? `this is not valid YAML (${lowerFirst(message)})`
        : "this is not valid YAML; put a text with special characters in quotes";
  }
}

/** A sentence for an error that comes while the plain value is made. Such errors have no codes. */
export function valueSentence(message: string): string {
  if (message.includes("Unresolved alias")) return "an alias (*) has no anchor (&) before it; write the value out";
  if (message.includes("Excessive alias count"))
    return "anchors (&) and aliases (*) grow out of bounds here; write the values out";
  if (message.includes("Merge sources"))
    return "<< takes in the settings of another group, and none stands behind it here; write an alias (*) of one";
  return "no values can be made of the anchors (&), aliases (*) and << here; write the values out";
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
