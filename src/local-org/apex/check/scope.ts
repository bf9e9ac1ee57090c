import type { ApexUnit } from '../compilation.ts';
import type { Identifier, Position } from '../parse/ast/ast.ts';
import type { Expression, TypeReference } from '../parse/ast/ast-expressions.ts';
import type { Program } from '../symbols/program.ts';
import { resolveType } from '../symbols/resolve-type.ts';
import type { ClassSymbol, FieldSymbol, MethodSymbol } from '../symbols/symbol.ts';
import type { SObjectField } from '../types/sobject-fields.ts';
import type { ApexType, SObjectType } from '../types/type.ts';
import { isTypeVisible } from './visibility.ts';

interface LocalVariable {
  readonly name: string;
  readonly type: ApexType;
}

/** What a name or a dotted path stands for. */
export type Denotation =
  | {
      readonly kind: 'value';
      readonly type: ApexType;
      readonly local?: LocalVariable;
      readonly field?: FieldSymbol;
      readonly sobjectField?: SObjectField;
      /** The object behind `Account.SObjectType` and `Schema.SObjectType.Account`, whose `fields` are known by name. */
      readonly describes?: SObjectType;
    }
  | { readonly kind: 'type'; readonly type: ApexType }
  | { readonly kind: 'namespace'; readonly name: string }
  /** `Schema.SObjectType`, before the object's name. */
  | { readonly kind: 'objectTokens' }
  /** `Account.fields`: its names give tokens, or describes when reached through `Schema.SObjectType`. */
  | { readonly kind: 'fieldTokens'; readonly object: SObjectType; readonly gives: ApexType }
  | { readonly kind: 'missing'; readonly path: string };

/** What the checks found out about the expressions of a unit, for whoever runs it. */
export interface Resolutions {
  readonly types: Map<Expression, ApexType>;
  readonly denotations: Map<Expression, Denotation>;
  readonly methods: Map<Expression, MethodSymbol>;
}

export interface UnitContext {
  readonly unit: ApexUnit;
  readonly program: Program;
  readonly resolutions: Resolutions;
  /** The object of a trigger; types its context variables. */
  readonly triggerObject: SObjectType | undefined;
  report(at: Position, message: string): void;
  /** Checks an expression and gives its type; what is reported or not known is of unknown type. */
  check(expression: Expression, scope: Scope): ApexType;
}

/** The code that a statement or expression belongs to, with what its names mean there. */
export interface Scope {
  readonly context: UnitContext;
  readonly type: ClassSymbol;
  readonly isStatic: boolean;
  readonly body: 'method' | 'constructor' | 'initializer' | 'trigger' | 'field';
  /** What `return` gives; undefined in a constructor, an initializer or a trigger. */
  readonly returnType: ApexType | undefined;
  readonly locals: ReadonlyMap<string, LocalVariable>;
  readonly inLoop: boolean;
  /** The `this(…)` or `super(…)` that may stand here: the first statement of a constructor. */
  readonly constructorCalls: ReadonlySet<Expression>;
}

/** A mutable list of variables as a block declares them. */
export class BlockScope implements Scope {
  readonly context: UnitContext;
  readonly type: ClassSymbol;
  readonly isStatic: boolean;
  readonly body: Scope['body'];
  readonly returnType: ApexType | undefined;
  readonly inLoop: boolean;
  readonly constructorCalls: ReadonlySet<Expression>;
  readonly locals: Map<string, LocalVariable>;

  constructor(parent: Scope, change: { readonly inLoop?: boolean } = {}) {
    this.context = parent.context;
    this.type = parent.type;
    this.isStatic = parent.isStatic;
    this.body = parent.body;
    this.returnType = parent.returnType;
    this.inLoop = change.inLoop ?? parent.inLoop;
    this.constructorCalls = parent.constructorCalls;
    this.locals = new Map(parent.locals);
  }

  /** Names of locals are unique in a method, whatever their case and however deep their block. */
  declare(name: Identifier, type: ApexType): void {
    const key = name.text.toLowerCase();
    if (this.locals.has(key)) this.context.report(name.at, `Duplicate variable: ${name.text}`);
    this.locals.set(key, { name: name.text, type });
  }
}

/** The type a reference names in a scope; reports it where there is none, or where it is hidden. */
export function typeIn(
  reference: TypeReference,
  scope: Pick<Scope, 'context' | 'type'>,
  at: Position = reference.at,
): ApexType {
  const resolved = resolveType(reference, scope.type, scope.context.program);
  if (resolved.problem !== undefined) scope.context.report(at, resolved.problem);
  else if (resolved.type.kind === 'class' && !isTypeVisible(resolved.type.symbol, scope.type)) {
    scope.context.report(at, `Type is not visible: ${resolved.type.name}`);
  }
  return resolved.type;
}
