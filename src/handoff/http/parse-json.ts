/** Why a body was not read as JSON, in words for whoever sent it; nothing of the body is in them. */
export class UnreadableJson extends Error {
  override readonly name = 'UnreadableJson';
}

/**
 * Reads JSON from outside.
 * @param maxDepth levels of objects and arrays: what reads the value later would walk it by recursion
 * @throws UnreadableJson
 */
export function parseJson(bytes: Uint8Array, maxDepth: number): unknown {
  const text = decode(bytes);
  if (depthOf(text) > maxDepth) throw new UnreadableJson(`The body nests deeper than ${maxDepth} levels.`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UnreadableJson('The body is not JSON.', { cause: error });
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new UnreadableJson('The body is not UTF-8.', { cause: error });
  }
}

/** Of the text, and before it is parsed: nothing is built of a body that is made to break what reads it. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charCodeAt(index);
    if (inString) {
      if (char === backslash) index += 1;
      else if (char === quote) inString = false;
    } else if (char === quote) inString = true;
    else if (char === openBracket || char === openBrace) deepest = Math.max(deepest, (depth += 1));
    else if (char === closeBracket || char === closeBrace) depth -= 1;
  }
  return deepest;
}

const quote = 0x22;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
