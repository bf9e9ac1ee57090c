import type {
  AnnotationContext,
  AnonymousBlockMemberContext,
  AnonymousMemberDeclarationContext,
  AnonymousUnitContext,
  ClassBodyDeclarationContext,
  ClassDeclarationContext,
  CompilationUnitContext,
  ElementValueContext,
  EnumDeclarationContext,
  FormalParametersContext,
  InterfaceDeclarationContext,
  MemberDeclarationContext,
  MethodDeclarationContext,
  ModifierContext,
  PropertyDeclarationContext,
  TriggerBlockMemberContext,
  TriggerMemberDeclarationContext,
  TriggerUnitContext,
  TypeDeclarationContext,
} from '@apexdevtools/apex-parser';
import type {
  Accessor,
  Annotation,
  AnnotationProperty,
  ClassDeclaration,
  EnumDeclaration,
  InterfaceDeclaration,
  MemberDeclaration,
  MethodDeclaration,
  Modifiers,
  Parameter,
  PropertyDeclaration,
  Statement,
  TriggerDeclaration,
  TypeDeclaration,
} from '../ast/ast.ts';
import { IncompleteTreeError } from './read-expressions.ts';
import { readLiteral } from './read-literals.ts';
import { readBlock, readStatement, readVariables } from './read-statements.ts';
import { readTypeReference, readTypeReferences } from './read-types.ts';
import { StrayTokenError, identifierOf, optional, positionOf } from '../tree.ts';

function readAnnotationValue(node: ElementValueContext): AnnotationProperty['value'] {
  const literal = readLiteral(node.literal());
  if (literal.type === 'Boolean') return literal.text === 'true';
  if (literal.type === 'null') return null;
  return literal.type === 'String' ? literal.text : Number(literal.text);
}

function readAnnotation(node: AnnotationContext): Annotation {
  const pairs = optional(node.elementValuePairs());
  const single = optional(node.elementValue());
  const named = pairs === undefined ? [] : pairs.elementValuePair_list();
  const properties: AnnotationProperty[] = named.map((pair) => ({
    name: identifierOf(pair.id()),
    value: readAnnotationValue(pair.elementValue()),
  }));
  if (single !== undefined) properties.push({ name: undefined, value: readAnnotationValue(single) });
  return { name: node.id().getText(), at: positionOf(node), properties };
}

function readModifiers(nodes: readonly ModifierContext[]): Modifiers {
  const annotations: Annotation[] = [];
  const keywords: Modifiers['keywords'][number][] = [];
  for (const node of nodes) {
    const annotation = optional(node.annotation());
    if (annotation !== undefined) annotations.push(readAnnotation(annotation));
    else {
      const words = (node.children ?? []).map((child) => child.getText().toLowerCase());
      keywords.push({ keyword: words.join(' '), at: positionOf(node) });
    }
  }
  return { keywords, annotations };
}

function readParameters(node: FormalParametersContext): Parameter[] {
  const list = optional(node.formalParameterList());
  if (list === undefined) return [];
  return list
    .formalParameter_list()
    .map((one) => ({ type: readTypeReference(one.typeRef()), name: identifierOf(one.id()) }));
}

function readMethod(node: MethodDeclarationContext, modifiers: Modifiers): MethodDeclaration {
  const type = optional(node.typeRef());
  const body = optional(node.block());
  return {
    kind: 'method',
    name: identifierOf(node.id()),
    modifiers,
    returnType: type === undefined ? undefined : readTypeReference(type),
    parameters: readParameters(node.formalParameters()),
    body: body === undefined ? undefined : readBlock(body),
  };
}

function readProperty(node: PropertyDeclarationContext, modifiers: Modifiers): PropertyDeclaration {
  const accessors = node.propertyBlock_list().map((one): Accessor => {
    const getter = optional(one.getter());
    const accessor = getter ?? one.setter();
    const body = optional(accessor.block());
    return {
      kind: getter === undefined ? 'set' : 'get',
      at: positionOf(one),
      modifiers: readModifiers(one.modifier_list()),
      body: body === undefined ? undefined : readBlock(body),
    };
  });
  return {
    kind: 'property',
    name: identifierOf(node.id()),
    modifiers,
    type: readTypeReference(node.typeRef()),
    accessors,
  };
}

function readClass(node: ClassDeclarationContext, modifiers: Modifiers): ClassDeclaration {
  const superclass = optional(node.typeRef());
  return {
    kind: 'class',
    at: positionOf(node),
    name: identifierOf(node.id()),
    modifiers,
    superclass: superclass === undefined ? undefined : readTypeReference(superclass),
    interfaces: readTypeReferences(optional(node.typeList())),
    members: node
      .classBody()
      .classBodyDeclaration_list()
      .flatMap((one) => readBodyDeclaration(one)),
  };
}

function readInterface(node: InterfaceDeclarationContext, modifiers: Modifiers): InterfaceDeclaration {
  const members = node
    .interfaceBody()
    .interfaceMethodDeclaration_list()
    .map((method): MethodDeclaration => {
      const type = optional(method.typeRef());
      return {
        kind: 'method',
        name: identifierOf(method.id()),
        modifiers: readModifiers(method.modifier_list()),
        returnType: type === undefined ? undefined : readTypeReference(type),
        parameters: readParameters(method.formalParameters()),
        body: undefined,
      };
    });
  return {
    kind: 'interface',
    at: positionOf(node),
    name: identifierOf(node.id()),
    modifiers,
    interfaces: readTypeReferences(optional(node.typeList())),
    members,
  };
}

function readEnum(node: EnumDeclarationContext, modifiers: Modifiers): EnumDeclaration {
  const constants = optional(node.enumConstants());
  return {
    kind: 'enum',
    at: positionOf(node),
    name: identifierOf(node.id()),
    modifiers,
    constants: constants === undefined ? [] : constants.id_list().map(identifierOf),
  };
}

function readMember(
  node: MemberDeclarationContext | TriggerMemberDeclarationContext | AnonymousMemberDeclarationContext,
  modifierNodes: readonly ModifierContext[],
): MemberDeclaration {
  const modifiers = readModifiers(modifierNodes);
  const method = optional(node.methodDeclaration());
  if (method !== undefined) return readMethod(method, modifiers);
  const field = optional(node.fieldDeclaration());
  if (field !== undefined) {
    const type = readTypeReference(field.typeRef());
    return { kind: 'field', modifiers, type, variables: readVariables(field.variableDeclarators()) };
  }
  const property = optional(node.propertyDeclaration());
  if (property !== undefined) return readProperty(property, modifiers);
  const constructor = 'constructorDeclaration' in node ? optional(node.constructorDeclaration()) : undefined;
  if (constructor !== undefined) {
    return {
      kind: 'constructor',
      name: identifierOf(constructor.qualifiedName()),
      modifiers,
      parameters: readParameters(constructor.formalParameters()),
      body: readBlock(constructor.block()),
    };
  }
  return readType(node, modifiers);
}

function readType(
  node:
    | MemberDeclarationContext
    | TriggerMemberDeclarationContext
    | AnonymousMemberDeclarationContext
    | TypeDeclarationContext,
  modifiers: Modifiers,
): TypeDeclaration {
  const classNode = optional(node.classDeclaration());
  if (classNode !== undefined) return readClass(classNode, modifiers);
  const interfaceNode = optional(node.interfaceDeclaration());
  if (interfaceNode !== undefined) return readInterface(interfaceNode, modifiers);
  const enumNode = optional(node.enumDeclaration());
  if (enumNode === undefined) throw new IncompleteTreeError('A declaration of the parse tree has no kind.');
  return readEnum(enumNode, modifiers);
}

function readBodyDeclaration(node: ClassBodyDeclarationContext): MemberDeclaration[] {
  const block = optional(node.block());
  if (block !== undefined) {
    const isStatic = optional(node.STATIC()) !== undefined;
    return [{ kind: 'initializer', at: positionOf(node), isStatic, body: readBlock(block) }];
  }
  // `Integer a;;`: between members Apex has no empty statement.
  if (optional(node.SEMI())) throw new StrayTokenError(positionOf(node), "Expecting '}' but was: ';'");
  const member = optional(node.memberDeclaration());
  return member === undefined ? [] : [readMember(member, node.modifier_list())];
}

export function readCompilationUnit(node: CompilationUnitContext): TypeDeclaration {
  const declaration = node.typeDeclaration();
  return readType(declaration, readModifiers(declaration.modifier_list()));
}

function readScriptBody(members: readonly (TriggerBlockMemberContext | AnonymousBlockMemberContext)[]): {
  statements: Statement[];
  declarations: MemberDeclaration[];
} {
  const statements: Statement[] = [];
  const declarations: MemberDeclaration[] = [];
  for (const member of members) {
    const statement = optional(member.statement());
    if (statement !== undefined) statements.push(readStatement(statement));
    else {
      const declaration =
        'triggerMemberDeclaration' in member ? member.triggerMemberDeclaration() : member.anonymousMemberDeclaration();
      declarations.push(readMember(declaration, member.modifier_list()));
    }
  }
  return { statements, declarations };
}

export function readTriggerUnit(node: TriggerUnitContext): TriggerDeclaration {
  const [name, object] = node.id_list();
  if (name === undefined || object === undefined)
    throw new IncompleteTreeError('A trigger needs a name and an object.');
  const block = node.triggerBlock();
  const { statements, declarations } = readScriptBody(block.triggerBlockMember_list());
  return {
    kind: 'trigger',
    name: identifierOf(name),
    object: identifierOf(object),
    events: node.triggerCase_list().map((one) => ({
      text: (one.children ?? []).map((child) => child.getText().toLowerCase()).join(' '),
      at: positionOf(one),
    })),
    members: declarations,
    body: { kind: 'block', at: positionOf(block), statements },
  };
}

/** A block of anonymous Apex; stack traces call it `AnonymousBlock`. */
export function readAnonymousUnit(node: AnonymousUnitContext): TriggerDeclaration {
  const at = positionOf(node);
  const { statements, declarations } = readScriptBody(node.anonymousBlock().anonymousBlockMember_list());
  return {
    kind: 'trigger',
    name: { text: 'AnonymousBlock', at },
    object: undefined,
    events: [],
    members: declarations,
    body: { kind: 'block', at, statements },
  };
}
