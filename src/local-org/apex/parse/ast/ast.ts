import type { Expression, TypeReference } from './ast-expressions.ts';

/** 1-based, as Salesforce reports places in a source. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Identifier {
  readonly text: string;
  readonly at: Position;
}

export type Visibility = 'private' | 'protected' | 'public' | 'global';

/** A keyword modifier in lower case; the sharing ones are `with sharing`, `without sharing`, `inherited sharing`. */
interface Modifier {
  readonly keyword: string;
  readonly at: Position;
}

export interface AnnotationProperty {
  /** Undefined for `@SuppressWarnings('x')`, which names none. */
  readonly name: Identifier | undefined;
  readonly value: string | boolean | number | null;
}

export interface Annotation {
  readonly name: string;
  readonly at: Position;
  readonly properties: readonly AnnotationProperty[];
}

export interface Modifiers {
  readonly keywords: readonly Modifier[];
  readonly annotations: readonly Annotation[];
}

export interface Parameter {
  readonly type: TypeReference;
  readonly name: Identifier;
}

export interface Block {
  readonly kind: 'block';
  readonly at: Position;
  readonly statements: readonly Statement[];
}

export interface MethodDeclaration {
  readonly kind: 'method';
  readonly name: Identifier;
  readonly modifiers: Modifiers;
  /** Undefined for `void`. */
  readonly returnType: TypeReference | undefined;
  readonly parameters: readonly Parameter[];
  /** Undefined for an abstract or interface method. */
  readonly body: Block | undefined;
}

export interface ConstructorDeclaration {
  readonly kind: 'constructor';
  readonly name: Identifier;
  readonly modifiers: Modifiers;
  readonly parameters: readonly Parameter[];
  readonly body: Block;
}

export interface FieldDeclaration {
  readonly kind: 'field';
  readonly modifiers: Modifiers;
  readonly type: TypeReference;
  readonly variables: readonly VariableDeclarator[];
}

export interface VariableDeclarator {
  readonly name: Identifier;
  readonly initializer: Expression | undefined;
}

export interface Accessor {
  readonly kind: 'get' | 'set';
  readonly at: Position;
  readonly modifiers: Modifiers;
  /** Undefined for an automatic accessor, `get;`. */
  readonly body: Block | undefined;
}

export interface PropertyDeclaration {
  readonly kind: 'property';
  readonly name: Identifier;
  readonly modifiers: Modifiers;
  readonly type: TypeReference;
  readonly accessors: readonly Accessor[];
}

interface InitializerDeclaration {
  readonly kind: 'initializer';
  readonly at: Position;
  readonly isStatic: boolean;
  readonly body: Block;
}

export type MemberDeclaration =
  | MethodDeclaration
  | ConstructorDeclaration
  | FieldDeclaration
  | PropertyDeclaration
  | InitializerDeclaration
  | TypeDeclaration;

export interface ClassDeclaration {
  readonly kind: 'class';
  /** The keyword. */
  readonly at: Position;
  readonly name: Identifier;
  readonly modifiers: Modifiers;
  readonly superclass: TypeReference | undefined;
  readonly interfaces: readonly TypeReference[];
  readonly members: readonly MemberDeclaration[];
}

export interface InterfaceDeclaration {
  readonly kind: 'interface';
  /** The keyword. */
  readonly at: Position;
  readonly name: Identifier;
  readonly modifiers: Modifiers;
  readonly interfaces: readonly TypeReference[];
  readonly members: readonly MethodDeclaration[];
}

export interface EnumDeclaration {
  readonly kind: 'enum';
  /** The keyword. */
  readonly at: Position;
  readonly name: Identifier;
  readonly modifiers: Modifiers;
  readonly constants: readonly Identifier[];
}

export type TypeDeclaration = ClassDeclaration | InterfaceDeclaration | EnumDeclaration;

/** A trigger, or a block of anonymous Apex, which is like a trigger on nothing. */
export interface TriggerDeclaration {
  readonly kind: 'trigger';
  readonly name: Identifier;
  /** Undefined for anonymous Apex. */
  readonly object: Identifier | undefined;
  readonly events: readonly { readonly text: string; readonly at: Position }[];
  /** Variables of the body's top level are fields here; their initializers run in the order of the text among its statements. */
  readonly members: readonly MemberDeclaration[];
  readonly body: Block;
}

export type CompilationUnit = TypeDeclaration | TriggerDeclaration;

export interface LocalVariables {
  readonly kind: 'locals';
  readonly at: Position;
  readonly type: TypeReference;
  readonly variables: readonly VariableDeclarator[];
}

export interface CatchClause {
  readonly type: TypeReference;
  readonly name: Identifier;
  readonly body: Block;
}

export type WhenValue =
  | { readonly kind: 'else' }
  | { readonly kind: 'type'; readonly type: TypeReference; readonly name: Identifier }
  | { readonly kind: 'values'; readonly values: readonly Expression[] };

export interface WhenBlock {
  readonly at: Position;
  readonly value: WhenValue;
  readonly body: Block;
}

type DmlOperation = 'insert' | 'update' | 'upsert' | 'delete' | 'undelete' | 'merge';

export interface DmlStatement {
  readonly kind: 'dml';
  readonly at: Position;
  readonly operation: DmlOperation;
  readonly target: Expression;
  /** The duplicates of a merge. */
  readonly duplicates: Expression | undefined;
  /** The external id of an upsert, as its dotted path. */
  readonly externalId: readonly Identifier[] | undefined;
  readonly access: 'user' | 'system' | undefined;
}

export type Statement =
  | Block
  | LocalVariables
  | { readonly kind: 'expression'; readonly at: Position; readonly expression: Expression }
  | {
      readonly kind: 'if';
      readonly at: Position;
      readonly condition: Expression;
      readonly whenTrue: Statement;
      readonly whenFalse: Statement | undefined;
    }
  | {
      readonly kind: 'while';
      readonly at: Position;
      readonly condition: Expression;
      readonly body: Statement | undefined;
    }
  | { readonly kind: 'doWhile'; readonly at: Position; readonly condition: Expression; readonly body: Block }
  | {
      readonly kind: 'for';
      readonly at: Position;
      readonly init: LocalVariables | readonly Expression[];
      readonly condition: Expression | undefined;
      readonly update: readonly Expression[];
      readonly body: Statement | undefined;
    }
  | {
      readonly kind: 'forEach';
      readonly at: Position;
      readonly type: TypeReference;
      readonly name: Identifier;
      readonly collection: Expression;
      readonly body: Statement | undefined;
    }
  | {
      readonly kind: 'try';
      readonly at: Position;
      readonly body: Block;
      readonly catches: readonly CatchClause[];
      readonly finallyBody: Block | undefined;
    }
  | { readonly kind: 'switch'; readonly at: Position; readonly on: Expression; readonly whens: readonly WhenBlock[] }
  | { readonly kind: 'return'; readonly at: Position; readonly value: Expression | undefined }
  | { readonly kind: 'throw'; readonly at: Position; readonly value: Expression }
  | { readonly kind: 'break'; readonly at: Position }
  | { readonly kind: 'continue'; readonly at: Position }
  | { readonly kind: 'runAs'; readonly at: Position; readonly arguments: readonly Expression[]; readonly body: Block }
  | DmlStatement;
