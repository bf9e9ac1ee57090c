// C0 and C1 controls except tab and line feed, the characters that reorder text on screen, and the two that are no characters
// in XML 1.0. Text from an org could otherwise forge lines of a report or make its file unreadable.
// oxlint-disable-next-line no-control-regex -- matching control characters is this expression's whole job
const unsafe = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/g;

/** Text from outside as a report may carry it: CR LF becomes LF, half a surrogate pair U+FFFD, control characters go. */
export function plainText(text: string): string {
  return text.replaceAll('\r\n', '\n').toWellFormed().replace(unsafe, '');
}

/** The same on one line. */
export function oneLine(text: string): string {
  return plainText(text).replace(/\s+/g, ' ').trim();
}

/** Text cut to `most` characters, saying how many were left out. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  // A pair is not cut in half.
  const kept = text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
  return `${kept}… (${text.length - kept.length} more characters)`;
}
