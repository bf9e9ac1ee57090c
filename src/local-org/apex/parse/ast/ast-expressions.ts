import type { Identifier, Position } from './ast.ts';
import type { SoqlQuery, SoslSearch } from './ast-queries.ts';

/** A type as written: `Map<Id, Account[]>` is one name with two arguments, `Database.SaveResult` is two names. */
export interface TypeReference {
  readonly at: Position;
  readonly names: readonly TypeName[];
  /** How many `[]` follow. */
  readonly arrayDepth: number;
}

export interface TypeName {
  readonly text: string;
  readonly arguments: readonly TypeReference[];
}

type LiteralType = 'Integer' | 'Long' | 'Double' | 'Decimal' | 'String' | 'Boolean' | 'null';

/** `at` is where Salesforce's compiler places a problem of this expression, which is not always its first character. */
interface At {
  readonly at: Position;
}

export interface Literal extends At {
  readonly kind: 'literal';
  readonly type: LiteralType;
  /** Number literals without their suffix; strings unescaped; `true`, `false`, `null`. */
  readonly text: string;
}

export interface NameExpression extends At {
  readonly kind: 'name';
  readonly name: string;
}

export interface FieldExpression extends At {
  readonly kind: 'field';
  readonly target: Expression;
  readonly name: Identifier;
  /** Written with `?.` */
  readonly safe: boolean;
}

export interface CallExpression extends At {
  readonly kind: 'call';
  readonly target: Expression | undefined;
  readonly name: Identifier;
  readonly arguments: readonly Expression[];
  readonly safe: boolean;
}

export interface ConstructorCall extends At {
  readonly kind: 'constructorCall';
  readonly which: 'this' | 'super';
  readonly arguments: readonly Expression[];
}

export type Creation =
  | { readonly kind: 'arguments'; readonly arguments: readonly Expression[] }
  | { readonly kind: 'size'; readonly size: Expression }
  | { readonly kind: 'elements'; readonly elements: readonly Expression[]; readonly isArray: boolean }
  | { readonly kind: 'pairs'; readonly pairs: readonly { readonly key: Expression; readonly value: Expression }[] };

export interface NewExpression extends At {
  readonly kind: 'new';
  readonly type: TypeReference;
  readonly creation: Creation;
}

export interface BinaryExpression extends At {
  readonly kind: 'binary';
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}

export interface AssignExpression extends At {
  readonly kind: 'assign';
  /** `=`, `+=`, … */
  readonly operator: string;
  readonly target: Expression;
  readonly value: Expression;
}

export type Expression =
  | Literal
  | NameExpression
  | FieldExpression
  | CallExpression
  | ConstructorCall
  | NewExpression
  | BinaryExpression
  | AssignExpression
  | (At & { readonly kind: 'this' })
  | (At & { readonly kind: 'super' })
  | (At & { readonly kind: 'index'; readonly target: Expression; readonly index: Expression })
  | (At & { readonly kind: 'prefix'; readonly operator: string; readonly operand: Expression })
  | (At & { readonly kind: 'postfix'; readonly operator: string; readonly operand: Expression })
  | (At & {
      readonly kind: 'conditional';
      readonly condition: Expression;
      readonly whenTrue: Expression;
      readonly whenFalse: Expression;
    })
  | (At & { readonly kind: 'coalesce'; readonly left: Expression; readonly right: Expression })
  | (At & { readonly kind: 'cast'; readonly type: TypeReference; readonly operand: Expression })
  | (At & { readonly kind: 'instanceof'; readonly operand: Expression; readonly type: TypeReference })
  | (At & {
      readonly kind: 'classLiteral';
      /** Undefined for `void.class`. */ readonly type: TypeReference | undefined;
    })
  | (At & { readonly kind: 'soql'; readonly query: SoqlQuery })
  | (At & { readonly kind: 'sosl'; readonly search: SoslSearch });
