import type { Identifier, Position } from './ast.ts';
import type { Expression } from './ast-expressions.ts';

/** `Account.Owner.Name` as its names. */
export type FieldPath = readonly Identifier[];

export interface SoqlFunction {
  readonly kind: 'function';
  readonly at: Position;
  /** Upper case, e.g. `COUNT_DISTINCT`, `CALENDAR_YEAR`. */
  readonly name: string;
  /** The field it is applied to; undefined for `COUNT()`, `FIELDS(ALL)`, `DISTANCE(…)`. */
  readonly field: FieldPath | undefined;
  readonly inner: SoqlFunction | undefined;
  readonly binds: readonly Expression[];
}

export interface SoqlField {
  readonly kind: 'field';
  readonly path: FieldPath;
}

export type SelectItem =
  | { readonly kind: 'column'; readonly value: SoqlField | SoqlFunction; readonly alias: Identifier | undefined }
  | { readonly kind: 'subquery'; readonly query: SoqlQuery }
  | {
      readonly kind: 'typeof';
      readonly field: FieldPath;
      readonly whens: readonly { readonly object: FieldPath; readonly fields: readonly FieldPath[] }[];
      readonly otherwise: readonly FieldPath[];
    };

export type SoqlValue =
  | {
      readonly kind: 'literal';
      readonly type:
        | 'null'
        | 'boolean'
        | 'number'
        | 'string'
        | 'date'
        | 'time'
        | 'datetime'
        | 'dateFormula'
        | 'currency';
      readonly text: string;
    }
  | { readonly kind: 'list'; readonly values: readonly SoqlValue[] }
  | { readonly kind: 'bind'; readonly expression: Expression }
  | { readonly kind: 'subquery'; readonly query: SoqlQuery };

export type SoqlCondition =
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly SoqlCondition[] }
  | { readonly kind: 'not'; readonly condition: SoqlCondition }
  | {
      readonly kind: 'comparison';
      readonly left: SoqlField | SoqlFunction;
      /** Upper case: `=`, `!=`, `LIKE`, `NOT IN`, … */
      readonly operator: string;
      readonly value: SoqlValue;
    };

export interface SoqlFrom {
  readonly path: FieldPath;
  readonly alias: Identifier | undefined;
}

export interface SoqlOrder {
  readonly value: SoqlField | SoqlFunction;
  readonly descending: boolean;
  readonly nulls: 'first' | 'last' | undefined;
}

export interface SoqlQuery {
  readonly at: Position;
  /** As written, without the brackets. */
  readonly text: string;
  /** The text around its `:expressions`, those of sub-queries included: one text more than there are binds. */
  readonly texts: readonly string[];
  readonly binds: readonly Expression[];
  readonly select: readonly SelectItem[];
  readonly from: readonly SoqlFrom[];
  readonly where: SoqlCondition | undefined;
  readonly groupBy: readonly (SoqlField | SoqlFunction)[];
  readonly groupKind: 'plain' | 'rollup' | 'cube';
  readonly having: SoqlCondition | undefined;
  readonly orderBy: readonly SoqlOrder[];
  readonly limit: number | Expression | undefined;
  readonly offset: number | Expression | undefined;
  /** `SECURITY_ENFORCED`, `USER_MODE`, `SYSTEM_MODE`; undefined without one. */
  readonly access: string | undefined;
  readonly allRows: boolean;
  /** `UPDATE`, `VIEW`, `REFERENCE` of `FOR …`. */
  readonly forClauses: readonly string[];
}

export interface SoslSearch {
  readonly at: Position;
  readonly text: string;
  readonly binds: readonly Expression[];
}
