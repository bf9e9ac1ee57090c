// C0 and C1 controls except tab and line feed, plus the characters that reorder text on screen. Whatever came from an org
// (a subject, an error message, a file name) could otherwise move the cursor, recolour or forge lines of the terminal.
// oxlint-disable-next-line no-control-regex -- matching control characters is this expression's whole job
const unsafe = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/**
 * Makes text from outside harmless to print: control and direction characters are removed, CR LF becomes LF.
 * @param text any text, of any length
 */
export function safeText(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(unsafe, '');
}

/** The same on one line, e.g. for a cell of a table. */
export function safeLine(text: string): string {
  return safeText(text).replaceAll(/\s+/g, ' ').trim();
}

// What JSON need not escape, and readers of lines take for the end of one (U+0085, U+2028, U+2029), or terminals for a command.
const unescaped = /[\u007F-\u009F\u200E\u200F\u2028-\u202E\u2066-\u2069]/g;

/**
 * A value as JSON that is one line to every reader: what could be taken for the end of a line or for a control character is
 * written as its escape, which says the same.
 * @param indent spaces a level; 0: all in one line
 */
export function safeJson(value: unknown, indent: number): string {
  return JSON.stringify(value, null, indent).replace(
    unescaped,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
