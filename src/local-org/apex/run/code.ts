import type { ApexUnit } from '../compilation.ts';
import type { Natives } from '../library/native.ts';
import type { Program } from '../symbols/program.ts';
import type { ClassSymbol, FieldSymbol, MethodSymbol } from '../symbols/symbol.ts';
import type { Step } from './frame.ts';
import type { Transaction } from './transaction.ts';

/** One source, as far as running it goes. */
export interface UnitCode {
  readonly unit: ApexUnit;
  /** Lines that count for coverage, filled while the unit is emitted. */
  readonly lines: Set<number>;
  /** Of a test class: its lines count for nothing. */
  readonly isTest: boolean;
}

/** Notes for coverage that a line was reached. */
export type LineNote = (at: { readonly run: Transaction }) => void;

/** A method, constructor, accessor, initializer or trigger body. */
export interface MethodCode {
  readonly unit: UnitCode;
  /** As stack traces name it: `Class.Outer.Inner.method`, `Trigger.Name`, `AnonymousBlock`. */
  readonly place: string;
  /** Size of the table of local variables; parameters come first. */
  readonly slots: number;
  readonly body: Step;
}

/** A class with all that runs in it. Methods are emitted before anything runs, so that what is missing is known. */
export interface ClassCode {
  readonly symbol: ClassSymbol;
  /** Static fields and blocks in the order of the text. */
  readonly staticInitializer: MethodCode | undefined;
  /** Instance fields and blocks in the order of the text. */
  readonly instanceInitializer: MethodCode | undefined;
  readonly methods: ReadonlyMap<MethodSymbol, MethodCode>;
  readonly getters: ReadonlyMap<FieldSymbol, MethodCode>;
  readonly setters: ReadonlyMap<FieldSymbol, MethodCode>;
  /** For properties with an automatic accessor: notes that it was used. */
  readonly automatic: ReadonlyMap<FieldSymbol, LineNote>;
}

/** Something the local org compiles and cannot run: refused by name when it is deployed. */
export interface EmitProblem {
  readonly unit: ApexUnit;
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** A compiled program, ready to run. */
export interface RunnableProgram {
  readonly program: Program;
  readonly natives: Natives;
  readonly classes: ReadonlyMap<ClassSymbol, ClassCode>;
  /** Bodies of triggers and of anonymous Apex by the symbol of their unit. */
  readonly scripts: ReadonlyMap<ClassSymbol, MethodCode>;
  readonly units: readonly UnitCode[];
  readonly problems: readonly EmitProblem[];
}
