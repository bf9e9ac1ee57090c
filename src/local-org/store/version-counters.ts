/** A number per name that grows with each change, so that readers know when what they computed is stale. */
export class VersionCounters {
  readonly #counts = new Map<string, number>();
  #base = 0;

  of(name: string): number {
    return this.#base + (this.#counts.get(name) ?? 0);
  }

  bump(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  /** Everything may have changed. */
  bumpAll(): void {
    this.#base += 1;
  }
}
