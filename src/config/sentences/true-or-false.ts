/** What to write instead of a word that meant true or false in YAML 1.1, as a clause. "" for every other value. */
export function trueOrFalse(written: unknown): string {
  const word = String(written).trim().toLowerCase();
  if (/^(true|false)$/.test(word)) return `; write ${word} without quotes`;
  if (/^(yes|y|on|1)$/.test(word)) return "; since YAML 1.2 that is a text: write true";
  if (/^(no|n|off|0)$/.test(word)) return "; since YAML 1.2 that is a text: write false";
  if (/^(ja|oui|si|sí|tak|an|wahr)$/.test(word)) return "; write true";
  return /^(nein|non|nie|nee|aus|falsch)$/.test(word) ? "; write false" : "";
}
