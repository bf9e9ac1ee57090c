/**
 * Text as XML content or attribute value. Control characters are removed: XML 1.0 has no place for them.
 * @param text any text
 */
export function escapeXml(text: string): string {
  const clean = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  // oxlint-disable-next-line no-control-regex -- XML 1.0 has no place for control characters, escaped or not
  return clean.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g, '');
}
