import type { Run } from '../../run/run.ts';
import { keyOf } from './key.ts';
import type { Value } from '../value.ts';

interface Entry {
  readonly key: Value;
  value: Value;
}

/**
 * Entries by key, in order of insertion: what sets and maps are made of. Keys are the same where Apex says so: strings
 * by case, records by all of their fields, instances by their own `equals` and `hashCode` if they have them.
 */
export class KeyedEntries {
  readonly #entries = new Map<unknown, Entry>();

  get size(): number {
    return this.#entries.size;
  }

  has(run: Run, key: Value): boolean {
    return this.#entries.has(keyOf(run, key, this.#instances));
  }

  get(run: Run, key: Value): Value | undefined {
    return this.#entries.get(keyOf(run, key, this.#instances))?.value;
  }

  /** @returns the value that was there before; undefined if there was none. A known key keeps its place. */
  set(run: Run, key: Value, value: Value): Value | undefined {
    const known = keyOf(run, key, this.#instances);
    const entry = this.#entries.get(known);
    if (entry === undefined) {
      this.#entries.set(known, { key, value });
      return undefined;
    }
    const former = entry.value;
    entry.value = value;
    return former;
  }

  /** @returns the value that was there; undefined if there was none */
  delete(run: Run, key: Value): Value | undefined {
    const known = keyOf(run, key, this.#instances);
    const entry = this.#entries.get(known);
    if (entry === undefined) return undefined;
    this.#entries.delete(known);
    return entry.value;
  }

  clear(): void {
    this.#entries.clear();
  }

  keys(): Value[] {
    return Array.from(this.#entries.values(), (entry) => entry.key);
  }

  values(): Value[] {
    return Array.from(this.#entries.values(), (entry) => entry.value);
  }

  entries(): (readonly [Value, Value])[] {
    return Array.from(this.#entries.values(), (entry) => [entry.key, entry.value] as const);
  }

  /** Keys with an `equals` of their own have to be compared one by one. */
  readonly #instances = (): Iterable<Value> => this.keys();
}
