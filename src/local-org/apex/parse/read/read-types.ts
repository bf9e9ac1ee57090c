import type { CreatedNameContext, TypeListContext, TypeRefContext } from '@apexdevtools/apex-parser';
import type { TypeName, TypeReference } from '../ast/ast-expressions.ts';
import { optional, positionOf } from '../tree.ts';

function readTypeList(list: TypeListContext): TypeReference[] {
  return list.typeRef_list().map(readTypeReference);
}

export function readTypeReference(node: TypeRefContext): TypeReference {
  const names = node.typeName_list().map((name): TypeName => {
    const list = optional(name.typeArguments());
    const text = (optional(name.id()) ?? optional(name.LIST()) ?? optional(name.SET()) ?? name.MAP()).getText();
    return { text, arguments: list === undefined ? [] : readTypeList(list.typeList()) };
  });
  const subscripts = optional(node.arraySubscripts());
  return { at: positionOf(node), names, arrayDepth: subscripts === undefined ? 0 : subscripts.LBRACK_list().length };
}

export function readTypeReferences(list: TypeListContext | undefined): TypeReference[] {
  return list === undefined ? [] : readTypeList(list);
}

/** The type of `new X.Y<Z>(…)`. */
export function readCreatedName(node: CreatedNameContext): TypeReference {
  const names = node.idCreatedNamePair_list().map((pair): TypeName => {
    const list = optional(pair.typeList());
    return { text: pair.anyId().getText(), arguments: list === undefined ? [] : readTypeList(list) };
  });
  return { at: positionOf(node), names, arrayDepth: 0 };
}
