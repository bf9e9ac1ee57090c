import { readNumber, readString } from './json-scalars.ts';
import { jsonError, JsonSource } from './json-source.ts';

/** Names of System.JSONToken that a text can give. */
type TokenKind =
  | 'END_ARRAY'
  | 'END_OBJECT'
  | 'FIELD_NAME'
  | 'START_ARRAY'
  | 'START_OBJECT'
  | 'VALUE_FALSE'
  | 'VALUE_NULL'
  | 'VALUE_NUMBER_FLOAT'
  | 'VALUE_NUMBER_INT'
  | 'VALUE_STRING'
  | 'VALUE_TRUE';

export interface JsonToken {
  readonly kind: TokenKind;
  /** What a string or name says, digits as they stand, otherwise the token itself. */
  readonly text: string;
  /** Name of the field it is the value of, or the name itself. */
  readonly name: string | undefined;
  readonly start: number;
  /** Offset behind it. */
  readonly end: number;
  /** Where the reader stood before it: at the comma that goes before, or at its own start. */
  readonly boundary: number;
}

interface Container {
  readonly kind: 'OBJECT' | 'ARRAY';
  /** Of the field the container is the value of. */
  readonly outerName: string | undefined;
  /** Of the field whose value comes next or came last. */
  name: string | undefined;
  /** What was read last: its bracket, a name, a value or the comma behind one. */
  state: 'opened' | 'name' | 'value' | 'comma';
}

const literals = { true: 'VALUE_TRUE', false: 'VALUE_FALSE', null: 'VALUE_NULL' } as const;
const anyValue = "expected a valid value (number, String, array, object, 'true', 'false' or 'null')";

/** Reads a JSON text token by token, and no further than it is asked to: errors show when the reader gets there. */
export class JsonReader {
  readonly source: JsonSource;
  readonly #open: Container[] = [];
  #offset = 0;
  #isRootRead = false;
  /** Whether the token read last was a number or literal, which shifts the place of the end. */
  #wasScalar = false;

  constructor(text: string) {
    this.source = new JsonSource(text);
  }

  /** Number of objects and arrays that are open. */
  get depth(): number {
    return this.#open.length;
  }

  /** The next token; undefined at the end. What follows the first value is not looked at. @throws ApexThrown System.JSONException */
  next(): JsonToken | undefined {
    this.#skipSpace();
    const container = this.#open.at(-1);
    if (container === undefined) {
      if (this.#isRootRead || this.#offset >= this.source.text.length) return undefined;
      this.#isRootRead = true;
      return this.#value(undefined, this.#offset);
    }
    return container.kind === 'OBJECT' ? this.#inObject(container) : this.#inArray(container);
  }

  #inArray(container: Container): JsonToken {
    const boundary = this.#offset;
    if (this.#peek(container) === ']') return this.#close(container);
    if (container.state === 'value') {
      this.#expect(container, ',', 'was expecting comma to separate ARRAY entries');
      container.state = 'comma';
    }
    const token = this.#value(undefined, boundary);
    container.state = 'value';
    return token;
  }

  #inObject(container: Container): JsonToken {
    const boundary = this.#offset;
    if (container.state === 'name') {
      this.#expect(container, ':', 'was expecting a colon to separate field name and value');
      const token = this.#value(container.name, this.#offset);
      container.state = 'value';
      return token;
    }
    if (this.#peek(container) === '}') return this.#close(container);
    if (container.state === 'value') {
      this.#expect(container, ',', 'was expecting comma to separate OBJECT entries');
      container.state = 'comma';
    }
    if (this.#peek(container) !== '"') {
      throw this.source.unexpected(this.#offset, 'was expecting double-quote to start field name');
    }
    const start = this.#offset;
    const { text, end } = readString(this.source, start);
    this.#offset = end;
    container.name = text;
    container.state = 'name';
    return { kind: 'FIELD_NAME', text, name: text, start, end, boundary };
  }

  #value(name: string | undefined, boundary: number): JsonToken {
    const container = this.#open.at(-1);
    const start = this.#offset;
    const character = container === undefined ? this.source.text.charAt(start) : this.#peek(container);
    const token = (kind: TokenKind, text: string, end: number): JsonToken => {
      this.#offset = end;
      return { kind, text, name, start, end, boundary };
    };
    this.#wasScalar = false;
    if (character === '{' || character === '[') {
      const kind = character === '{' ? 'OBJECT' : 'ARRAY';
      this.#open.push({ kind, outerName: name, name: undefined, state: 'opened' });
      return token(`START_${kind}`, character, start + 1);
    }
    if (character === '"') {
      const { text, end } = readString(this.source, start);
      return token('VALUE_STRING', text, end);
    }
    this.#wasScalar = true;
    if (/[-\d]/.test(character)) {
      const { text, end, isWhole } = readNumber(this.source, start);
      return token(isWhole ? 'VALUE_NUMBER_INT' : 'VALUE_NUMBER_FLOAT', text, end);
    }
    const [word = ''] = /^[a-z]*/.exec(this.source.text.slice(start)) ?? [];
    if (word === 'true' || word === 'false' || word === 'null') return token(literals[word], word, start + word.length);
    const isClosing = character === '}' || character === ']';
    throw this.source.unexpected(
      start,
      isClosing ? 'expected a value' : anyValue,
      container !== undefined || isClosing,
    );
  }

  #close(container: Container): JsonToken {
    const start = this.#offset;
    this.#open.pop();
    this.#offset += 1;
    this.#wasScalar = false;
    const text = container.kind === 'OBJECT' ? '}' : ']';
    return {
      kind: `END_${container.kind}`,
      text,
      name: container.outerName,
      start,
      end: this.#offset,
      boundary: start,
    };
  }

  #expect(container: Container, character: string, expectation: string): void {
    if (this.#peek(container) !== character) throw this.source.unexpected(this.#offset, expectation);
    this.#offset += 1;
    this.#wasScalar = false;
    this.#skipSpace();
  }

  /** The character that comes next. @throws ApexThrown System.JSONException where the text ends */
  #peek({ kind, state }: Container): string {
    if (this.#offset < this.source.text.length) return this.source.text.charAt(this.#offset);
    const place = this.source.endPlace(this.#wasScalar);
    if (state === 'opened' || state === 'value') {
      throw jsonError(`Unexpected end-of-input: expected close marker for ${kind} (from ${place}`);
    }
    throw jsonError(`Unexpected end-of-input within/between ${kind} entries at ${place}`);
  }

  #skipSpace(): void {
    while (' \t\r\n'.includes(this.source.text.charAt(this.#offset)) && this.#offset < this.source.text.length) {
      this.#offset += 1;
    }
  }
}
