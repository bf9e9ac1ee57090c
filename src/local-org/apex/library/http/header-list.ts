import type { HeaderLine } from '../../run/callouts/callouts.ts';

/** Headers in the order they were set; a name is the same in any case and keeps the spelling of its last setting. */
export class HeaderList {
  readonly #lines = new Map<string, HeaderLine>();

  /** A header that comes twice (of a response) has its values joined, as HTTP allows. */
  static of(lines: readonly HeaderLine[]): HeaderList {
    const list = new HeaderList();
    for (const [name, value] of lines) {
      const known = list.get(name);
      list.set(name, known === undefined ? value : `${known}, ${value}`);
    }
    return list;
  }

  get(name: string): string | undefined {
    return this.#lines.get(name.toLowerCase())?.[1];
  }

  set(name: string, value: string): void {
    this.#lines.set(name.toLowerCase(), [name, value]);
  }

  get names(): readonly string[] {
    return Array.from(this.#lines.values(), ([name]) => name);
  }

  get lines(): readonly HeaderLine[] {
    return Array.from(this.#lines.values());
  }
}
