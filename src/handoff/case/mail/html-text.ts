const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Plain text as HTML that looks the same: nothing in it is markup. Not all mail programs keep white space, but all know `<br>`. */
export function htmlOf(text: string): string {
  const escaped = text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? '');
  return `<html><body><div style="white-space: pre-wrap">${escaped.replaceAll('\n', '<br>')}</div></body></html>`;
}
