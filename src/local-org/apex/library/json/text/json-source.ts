import { apexError } from '../../../values/exception.ts';

/** What is wrong with a JSON text or with what it should become. */
export function jsonError(message: string): Error {
  return apexError('System.JSONException', message);
}

/** A JSON text, with places in it as the platform's messages write them: 1-based, behind the character read last. */
export class JsonSource {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /**
   * `[line:1, column:5]` for an offset into the text.
   * @param behind number of characters further on in the same line, whatever they are
   */
  place(offset: number, behind = 0): string {
    const { line, column } = this.#lineAndColumn(offset);
    return `[line:${line}, column:${column + behind}]`;
  }

  /**
   * The place of the end of the text. The platform's reader counts the text twice there, and three times after a number
   * or literal that the end cut off.
   */
  endPlace(afterScalar: boolean): string {
    const { length } = this.text;
    const { line, column } = this.#lineAndColumn(length);
    return `[line:${line}, column:${column + length + (afterScalar ? length : 0)}]`;
  }

  /** @param nested whether it stands inside an object or array; at the root the platform words places differently */
  unexpected(offset: number, expectation: string, nested = true): Error {
    const character = this.text.charAt(offset);
    const message = `Unexpected character ('${character}' (code ${this.text.charCodeAt(offset)})): ${expectation}`;
    if (nested) return jsonError(`${message} at ${this.place(offset + 1)}`);
    const { line, column } = this.#lineAndColumn(offset + 1);
    return jsonError(`${message} at input location [${line},${column}]`);
  }

  #lineAndColumn(offset: number): { line: number; column: number } {
    const lines = this.text.slice(0, offset).split(/\r\n|\r|\n/);
    return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
  }
}
