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
