const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const characters = new Map(Object.entries(escapes).map(([char, entity]) => [entity.slice(1, -1), char]));

/** The five characters that mean something in XML. */
export function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (char) => escapes[char] ?? char);
}

/** The five named entities of XML and numbers, e.g. `&#65;` and `&#x41;`. Others stay. */
export function unescapeXml(text: string): string {
  return unescapeEntities(text, characters);
}

/** Entities by name and by number; what is unknown, or lacks its semicolon, stays. */
export function unescapeEntities(text: string, names: ReadonlyMap<string, string>): string {
  return text.replaceAll(
    /&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|(\w+));/g,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return names.get(name) ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
    },
  );
}
