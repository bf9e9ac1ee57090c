/** Levels of a document: Salesforce reads JSON with Jackson, whose `StreamReadConstraints` allow a thousand. */
const MAX_DEPTH = 1000;

/**
 * Reads JSON from outside.
 * @throws SyntaxError for what is no JSON, or nested so deep that walking through it would exhaust the stack
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  refuseDepth(text);
  return value;
}

/** Looks at the text, not at the value: that would need the recursion this is to spare. */
function refuseDepth(text: string): void {
  let depth = 0;
  let isText = false;
  for (let index = 0; index < text.length; index++) {
    const char = text.charCodeAt(index);
    if (isText) {
      if (char === BACKSLASH) index++;
      else if (char === QUOTE) isText = false;
    } else if (char === QUOTE) isText = true;
    else if (char === OPEN_BRACKET || char === OPEN_BRACE) depth++;
    else if (char === CLOSE_BRACKET || char === CLOSE_BRACE) depth--;
    if (depth > MAX_DEPTH) {
      throw new SyntaxError(`Document nesting depth (${depth}) exceeds the maximum allowed (${MAX_DEPTH})`);
    }
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
