function charsetOf(contentType: string | undefined): string {
  return /charset\s*=\s*"?([^\s";]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8';
}

/** A charset nobody knows is read as UTF-8, like the body that names none. */
function isKnown(charset: string): boolean {
  try {
    return new TextDecoder(charset).encoding !== '';
  } catch {
    return false;
  }
}

/** The text of a body, by the charset of its `Content-Type`; UTF-8 without one. */
export function decodeBody(body: Uint8Array, contentType: string | undefined): string {
  const charset = charsetOf(contentType);
  return new TextDecoder(isKnown(charset) ? charset : 'utf-8').decode(body);
}
