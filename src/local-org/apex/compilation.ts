import type { ApiSchema } from '../schema/schema.ts';

export type UnitKind = 'class' | 'trigger' | 'anonymous';

/** One Apex source: a class (with its inner ones), a trigger or a block of anonymous Apex. */
export interface ApexUnit {
  readonly kind: UnitKind;
  /** API name: the class's or trigger's own name. */
  readonly name: string;
  readonly source: string;
  /** From its `-meta.xml`, e.g. `66.0`. */
  readonly apiVersion: string;
}

/** A reason why a unit does not compile, worded and placed as Salesforce does. */
export interface ApexProblem {
  readonly unit: ApexUnit;
  /** e.g. `Variable does not exist: foo` */
  readonly message: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
}

/** What a compile looks at: units being deployed, units already there, and the data API's objects. */
export interface CompileInput {
  readonly units: readonly ApexUnit[];
  /** Apex of the org that is not in `units`; may be referred to, and is compiled again when it refers to a unit. */
  readonly existing: readonly ApexUnit[];
  readonly schema: ApiSchema;
}

export interface CompileResult {
  /** Problems of `units`, at most one a unit as Salesforce reports, in order of the units. */
  readonly problems: readonly ApexProblem[];
  /** Existing units that no longer compile because of `units` (a method they call is gone). */
  readonly dependentProblems: readonly ApexProblem[];
}
