const marker = '*********** MAXIMUM DEBUG LOG SIZE REACHED ***********';
/** Lines at the start that say whose log it is, and are never removed. */
const keptAtStart = 3;

/**
 * Lines up to a number of bytes. "Debug logs that are larger than 20 MB are reduced in size by removing older log lines"
 * (Salesforce Help, "Debug Logs"): the oldest go, what they held is counted in their place, and the end says that the
 * maximum was reached.
 */
export class CappedLines {
  readonly #maximum: number;
  readonly #head: string[] = [];
  #lines: string[] = [];
  #bytes = 0;
  #removedBytes = 0;

  constructor(maximumBytes: number) {
    this.#maximum = maximumBytes;
  }

  /** A line of the header, which always stays. */
  addHead(line: string): void {
    this.#head.push(line);
    this.#bytes += sizeOf(line);
  }

  add(line: string): void {
    const size = sizeOf(line);
    this.#lines.push(line);
    this.#bytes += size;
    if (this.#bytes > this.#maximum) this.#removeOlder();
  }

  text(): string {
    const skipped = this.#removedBytes > 0;
    const lines = [
      ...this.#head,
      ...this.#lines.slice(0, skipped ? keptAtStart : undefined),
      ...(skipped
        ? [`*** Skipped ${this.#removedBytes} bytes of detailed log`, ...this.#lines.slice(keptAtStart)]
        : []),
      ...(skipped ? [marker] : []),
    ];
    return lines.map((line) => `${line}\n`).join('');
  }

  /** Makes room for a while: a quarter of the maximum, so that not every further line has to remove another. */
  #removeOlder(): void {
    const wanted = this.#maximum * 0.75;
    let end = keptAtStart;
    let removed = 0;
    while (end < this.#lines.length && this.#bytes - removed > wanted) {
      removed += sizeOf(this.#lines[end] ?? '');
      end += 1;
    }
    this.#lines = [...this.#lines.slice(0, keptAtStart), ...this.#lines.slice(end)];
    this.#bytes -= removed;
    this.#removedBytes += removed;
  }
}

/** Bytes of a line with its end. */
function sizeOf(line: string): number {
  return Buffer.byteLength(line) + 1;
}
