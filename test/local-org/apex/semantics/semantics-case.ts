/** What every small program of the suite has. */
interface Program {
  /** What it shows, as a sentence's end: "Integer division drops the fraction". */
  readonly name: string;
  /** Anonymous Apex. */
  readonly source: string;
  /** Deployed before it runs, by name. */
  readonly classes?: Readonly<Record<string, string>>;
  readonly triggers?: Readonly<Record<string, string>>;
}

/**
 * A small program whose outcome the Apex Developer Guide or the Apex Reference Guide tells: what it prints with
 * `System.debug`, line by line, or the exception that ends it, e.g. `System.MathException: Divide by 0`.
 */
export type SemanticsCase = Program & ({ readonly prints: readonly string[] } | { readonly throws: string });
