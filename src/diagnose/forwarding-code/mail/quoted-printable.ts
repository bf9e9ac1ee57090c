/** A line that ends as quoted-printable breaks lines: with `=`, near the 76th column (RFC 2045, 6.7). */
const softlyBroken = /^[^\r\n]{40,75}=\r?$/m;

/** Text in plain, where some mail system on its way left it in quoted-printable; other text as it is. */
export function withoutQuotedPrintable(text: string): string {
  if (!softlyBroken.test(text)) return text;
  return text
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/(?:=[0-9A-F]{2}){1,2000}/g, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString('utf8'));
}
