/** An element of a picture, written out. Values of attributes and texts are escaped; children are elements. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  ...children: readonly string[]
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeText(spell(value))}"`);
  return `<${name}${written.join("")}>${children.join("")}</${name}>`;
}

/** A text as the content of an element. */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

function spell(value: string | number): string {
  return typeof value === "number" ? String(Math.round(value * 10) / 10) : value;
}
