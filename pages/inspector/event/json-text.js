// JSON as people read it, made of the text itself: no number is rounded, no key that stands twice is lost.

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/gs;

/**
 * Indents JSON.
 * @param {string} text
 * @returns {string | undefined} undefined if it is none
 */
export function indented(text) {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  let depth = 0;
  let out = '';
  const tokens = text.match(TOKEN) ?? [];
  for (const [index, token] of tokens.entries()) {
    const isEmpty = /^[}\]]$/.test(token) && /^[{[]$/.test(tokens[index - 1] ?? '');
    if (/^[}\]]$/.test(token)) {
      depth -= 1;
      if (!isEmpty) out += `\n${'  '.repeat(depth)}`;
    }
    out += token === ':' ? ': ' : token;
    if (/^[{[]$/.test(token)) depth += 1;
    const closesNext = /^[}\]]$/.test(tokens[index + 1] ?? '');
    if (token === ',' || (/^[{[]$/.test(token) && !closesNext)) out += `\n${'  '.repeat(depth)}`;
  }
  return out;
}

/**
 * Characters that are not seen, or that turn the direction of text, as JSON itself may write them: in a string they are the same.
 * @param {string} text
 */
export function withoutTricks(text) {
  return text.replaceAll(/(?![\t\n\r])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (found) =>
    Array.from(
      { length: found.length },
      (_, index) => `\\u${found.charCodeAt(index).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}

/**
 * @param {{ readonly body?: string }} bytes
 * @returns {Readonly<Record<string, unknown>> | undefined} undefined if it is no JSON object
 */
export function objectOf({ body = '' }) {
  try {
    const value = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
