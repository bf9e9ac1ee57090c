const predefined: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/**
 * Text with its character references and predefined entities replaced.
 *
 * @param fail called, and expected to throw, for an entity XML does not define
 */
export function decodeEntities(text: string, fail: (message: string) => never): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&([^;&\s]*)(;?)/g, (_match, name: string, end: string) => {
    if (end === '') return fail("The entity name must immediately follow the '&' in the entity reference.");
    const number = /^#(?:x([0-9a-fA-F]+)|(\d+))$/.exec(name);
    if (number !== null) {
      const code = number[1] === undefined ? Number.parseInt(number[2] ?? '', 10) : Number.parseInt(number[1], 16);
      return isXmlCharacter(code)
        ? String.fromCodePoint(code)
        : fail(`Character reference "&${name}" is an invalid XML character.`);
    }
    return predefined.get(name) ?? fail(`The entity "${name}" was referenced, but not declared.`);
  });
}

function isXmlCharacter(code: number): boolean {
  return (
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}

/** Text made safe as element content or as an attribute value in double quotes. */
export function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => escapes.get(character) ?? character);
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);
