const short: Readonly<Record<string, string>> = { '\b': '\\b', '\n': '\\n', '\t': '\\t', '\f': '\\f', '\r': '\\r' };
const characters: Readonly<Record<string, string>> = { b: '\b', n: '\n', t: '\t', f: '\f', r: '\r' };

/** `\u00EA`, upper case, for each UTF-16 unit. */
function unicodeEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function escapeWith(text: string, punctuation: RegExp): string {
  return text
    .replaceAll(punctuation, (char) => `\\${char}`)
    .replaceAll(/[^ -~\u007f]/g, (char) => short[char] ?? unicodeEscape(char));
}

/** As in a Java string literal. */
export function escapeJava(text: string): string {
  return escapeWith(text, /["\\]/g);
}

/** As in a literal of ECMAScript: both quotes, and the slash, so that no `</script>` is left. */
export function escapeEcmaScript(text: string): string {
  return escapeWith(text, /["'\\/]/g);
}

/** Only what is not printable ASCII, as `\u00EA`. */
export function escapeUnicode(text: string): string {
  return text.replaceAll(/[^ -~\u007f]/g, unicodeEscape);
}

/** Undoes `escapeJava` and `escapeEcmaScript`; takes octal numbers too. A backslash before anything else is dropped. */
export function unescapeJava(text: string): string {
  return text.replaceAll(
    /\\(?:u+\+?([0-9a-fA-F]{4})|([0-3][0-7]{0,2}|[0-7]{1,2})|([\s\S]?))/g,
    (_whole, hex?: string, octal?: string, char = '') => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      return characters[char] ?? char;
    },
  );
}

/** Only `\u00EA`. */
export function unescapeUnicode(text: string): string {
  return text.replaceAll(/\\u+\+?([0-9a-fA-F]{4})/g, (_whole, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
