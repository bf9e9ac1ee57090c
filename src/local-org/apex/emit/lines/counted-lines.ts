import type { Expression } from '../../parse/ast/ast-expressions.ts';
import type { LineNote, UnitCode } from '../../run/code.ts';
import type { Frame } from '../../run/frame.ts';
import type { Transaction } from '../../run/transaction.ts';

type Runs<T> = (frame: Frame) => T;

/** Notes for coverage that a line was reached. */
export function noteLine(run: Transaction, code: UnitCode, line: number): void {
  if (run.hits === undefined) return;
  let hits = run.hits.get(code);
  if (hits === undefined) {
    hits = new Map();
    run.hits.set(code, hits);
  }
  hits.set(line, (hits.get(line) ?? 0) + 1);
}

/** The lines of one unit that count for coverage, while the unit is emitted. */
export class CountedLines {
  readonly #code: UnitCode;
  readonly #silent = new WeakSet<Expression>();
  #isOff: boolean;
  /** The line that the code around notes, so that what is within needs not. */
  #noted: number | undefined;

  constructor(code: UnitCode) {
    this.#code = code;
    this.#isOff = code.isTest;
  }

  /** Counts a line, and lets the code that `emit` makes note it each time before it runs. */
  at<T>(line: number, emit: () => Runs<T>): Runs<T> {
    if (this.#isOff || line === this.#noted) return emit();
    const around = this.#noted;
    this.#noted = line;
    const emitted = emit();
    this.#noted = around;
    const note = this.mark(line);
    return (frame) => {
      note(frame);
      return emitted(frame);
    };
  }

  /** Counts a line; gives what notes it. */
  mark(line: number): LineNote {
    if (this.#isOff) return () => undefined;
    const code = this.#code;
    code.lines.add(line);
    return ({ run }) => {
      noteLine(run, code, line);
    };
  }

  /** Counts nothing of what `emit` makes. */
  without<T>(emit: () => T): T {
    const wasOff = this.#isOff;
    this.#isOff = true;
    const emitted = emit();
    this.#isOff = wasOff;
    return emitted;
  }

  /** Says of expressions that nothing is left to do for them when the code runs. */
  silence(expressions: readonly Expression[]): void {
    for (const one of expressions) this.#silent.add(one);
  }

  isSilent(expression: Expression): boolean {
    return this.#silent.has(expression);
  }
}
