import type {
  ConstructorDeclaration,
  MethodDeclaration,
  PropertyDeclaration,
  TypeDeclaration,
  TriggerDeclaration,
  Visibility,
  VariableDeclarator,
} from '../parse/ast/ast.ts';
import type { ApexType, ClassType } from '../types/type.ts';

export interface FieldSymbol {
  readonly kind: 'field' | 'property' | 'constant';
  readonly name: string;
  readonly type: ApexType;
  readonly owner: ClassSymbol;
  readonly isStatic: boolean;
  readonly isFinal: boolean;
  readonly visibility: Visibility;
  /** `@TestVisible`: tests see it even when it is private. */
  readonly testVisible: boolean;
  /** Undefined when it cannot be read or written at all: a property without that accessor. */
  readonly readVisibility: Visibility | undefined;
  readonly writeVisibility: Visibility | undefined;
  readonly declaration: VariableDeclarator | PropertyDeclaration | undefined;
}

export interface MethodSymbol {
  readonly name: string;
  readonly owner: ClassSymbol;
  readonly parameters: readonly ApexType[];
  readonly returnType: ApexType;
  readonly isStatic: boolean;
  readonly isAbstract: boolean;
  readonly isVirtual: boolean;
  readonly isOverride: boolean;
  readonly isConstructor: boolean;
  readonly visibility: Visibility;
  readonly testVisible: boolean;
  readonly declaration: MethodDeclaration | ConstructorDeclaration | undefined;
}

export interface ClassHeader {
  readonly superclass: ClassType | undefined;
  readonly interfaces: readonly ClassType[];
}

/** Members a type declares itself, by lower-case name. */
export interface ClassMembers {
  readonly fields: ReadonlyMap<string, FieldSymbol>;
  readonly methods: ReadonlyMap<string, readonly MethodSymbol[]>;
  readonly constructors: readonly MethodSymbol[];
}

export interface ClassSymbol {
  /** As messages print it: `Outer.Inner`, `System.HttpRequest`, `List`. */
  readonly name: string;
  readonly simpleName: string;
  readonly kind: 'class' | 'interface' | 'enum' | 'trigger';
  readonly origin: 'user' | 'platform';
  readonly typeParameters: readonly string[];
  readonly outer: ClassSymbol | undefined;
  readonly visibility: Visibility;
  readonly isAbstract: boolean;
  readonly isVirtual: boolean;
  /** Annotated `@isTest`, itself or its outer class. */
  readonly isTest: boolean;
  readonly testVisible: boolean;
  /** By lower-case simple name. */
  readonly inner: ReadonlyMap<string, ClassSymbol>;
  /** Resolved at the first call, when every type of the compile is known. */
  header(): ClassHeader;
  members(): ClassMembers;
  readonly declaration: TypeDeclaration | TriggerDeclaration | undefined;
}

export const noHeader: ClassHeader = { superclass: undefined, interfaces: [] };

/** Runs `compute` once, at the first call. */
export function lazy<T>(compute: () => T): () => T {
  let state: { value: T } | undefined;
  return () => (state ??= { value: compute() }).value;
}

/** Like `lazy`, but gives `meanwhile` to whoever asks while the value is being computed. */
export function lazyCut<T>(compute: () => T, meanwhile: T): () => T {
  let state: { value: T } | undefined;
  let busy = false;
  return () => {
    if (state !== undefined) return state.value;
    if (busy) return meanwhile;
    busy = true;
    state = { value: compute() };
    return state.value;
  };
}

export function outermost(symbol: ClassSymbol): ClassSymbol {
  return symbol.outer === undefined ? symbol : outermost(symbol.outer);
}
