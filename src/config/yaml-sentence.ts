/** The parser's codes in words of ours, where its own words do not say what to do. */
export function yamlSentence(code: string, message: string): string {
  if (message.includes("and end with a")) return "a bracket is not closed before this; close it with } or ]";
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
    default:
      return `this is not valid YAML (${lowerFirst(message)})`;
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
