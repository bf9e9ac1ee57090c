/** A text as one column of CSV: quoted only where it has to be. */
export function escapeCsv(text: string): string {
  return /[,"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Undoes `escapeCsv`; quotes around a text that needs none stay. */
export function unescapeCsv(text: string): string {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text;
  const inner = text.slice(1, -1);
  return /[,"\r\n]/.test(inner) ? inner.replaceAll('""', '"') : text;
}
