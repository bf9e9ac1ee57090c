import { jsonError } from './json-source.ts';

interface Container {
  readonly kind: 'object' | 'array';
  count: number;
  /** A field's name was written and its value was not. */
  awaitsValue: boolean;
}

const names: Readonly<Record<string, string | undefined>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A text in quotes. Only what JSON cannot hold is escaped. */
export function quoted(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  const escaped = text.replaceAll(/["\\\u0000-\u001f]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return names[character] ?? `\\u${code}`;
  });
  return `"${escaped}"`;
}

/** Writes JSON piece by piece and refuses what would be none. Pretty text is laid out as the platform does it. */
export class JsonWriter {
  readonly #isPretty: boolean;
  readonly #open: Container[] = [];
  #text = '';
  #isClosed = false;

  constructor(isPretty: boolean) {
    this.#isPretty = isPretty;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  get text(): string {
    return this.#text;
  }

  /** Closes what is open; nothing can be written any more. */
  close(): void {
    if (this.#isClosed) return;
    for (let open = this.#open.at(-1); open !== undefined; open = this.#open.at(-1)) {
      if (open.kind === 'object') this.endObject();
      else this.endArray();
    }
    this.#isClosed = true;
  }

  /** @param json a value that is JSON already: a number, a literal, a text in quotes */
  value(json: string): void {
    this.#beforeValue();
    this.#text += json;
  }

  startObject(): void {
    this.#start('object', '{');
  }

  startArray(): void {
    this.#start('array', '[');
  }

  endObject(): void {
    const open = this.#end('object');
    this.#text += open.count === 0 && this.#isPretty ? ' }' : `${this.#newLine()}}`;
  }

  endArray(): void {
    this.#end('array');
    this.#text += this.#isPretty ? ' ]' : ']';
  }

  fieldName(name: string): void {
    this.#mustBeOpen();
    const open = this.#open.at(-1);
    if (open === undefined || open.kind === 'array' || open.awaitsValue) {
      throw jsonError('Can not write a field name, expecting a value');
    }
    if (open.count > 0) this.#text += ',';
    this.#text += `${this.#newLine()}${quoted(name)}${this.#isPretty ? ' : ' : ':'}`;
    open.count += 1;
    open.awaitsValue = true;
  }

  #beforeValue(): void {
    this.#mustBeOpen();
    const open = this.#open.at(-1);
    if (open === undefined) {
      if (this.#text !== '') this.#text += ' ';
      return;
    }
    if (open.kind === 'object') {
      if (!open.awaitsValue) throw jsonError('Can not write a value, expecting field name');
      open.awaitsValue = false;
      return;
    }
    if (open.count > 0) this.#text += this.#isPretty ? ', ' : ',';
    else if (this.#isPretty) this.#text += ' ';
    open.count += 1;
  }

  #start(kind: Container['kind'], bracket: string): void {
    this.#beforeValue();
    this.#open.push({ kind, count: 0, awaitsValue: false });
    this.#text += bracket;
  }

  #end(kind: Container['kind']): Container {
    this.#mustBeOpen();
    const open = this.#open.at(-1);
    if (open === undefined || open.kind !== kind) {
      throw jsonError(`Current context not an ${kind} but ${open === undefined ? 'ROOT' : open.kind.toUpperCase()}`);
    }
    this.#open.pop();
    return open;
  }

  #newLine(): string {
    return this.#isPretty ? `\n${'  '.repeat(this.#open.length)}` : '';
  }

  #mustBeOpen(): void {
    if (this.#isClosed) throw jsonError('The JSON generator is closed.');
  }
}
