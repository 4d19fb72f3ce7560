/** Attributes of an element; undefined ones are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element. `inside` is SVG already and is not escaped. */
export function element(name: string, attributes: Attributes, ...inside: readonly string[]): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escaped(String(value))}"`],
  );
  const open = `<${name}${written.join("")}`;
  return inside.length === 0 ? `${open}/>` : `${open}>${inside.join("")}</${name}>`;
}

/** An element with text in it. The text is escaped. */
export function textElement(name: string, attributes: Attributes, text: string): string {
  return element(name, attributes, escaped(text));
}

/** Escapes text for XML. Characters that XML cannot contain, such as control characters, are left out. */
export function escaped(text: string): string {
  return text
    .replace(/\p{Cc}|\p{Cs}/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** A text whose middle is at `y`. Not every program that draws SVG knows `dominant-baseline`, so the baseline is calculated. */
export function label(
  text: string,
  x: number,
  y: number,
  look: { anchor: "start" | "middle" | "end"; fontSize: number; fill: string; weight?: number },
): string {
  return textElement(
    "text",
    {
      x,
      y: Math.round((y + look.fontSize * 0.36) * 10) / 10,
      "text-anchor": look.anchor === "start" ? undefined : look.anchor,
      "font-size": look.fontSize,
      "font-weight": look.weight,
      fill: look.fill,
    },
    text,
  );
}
