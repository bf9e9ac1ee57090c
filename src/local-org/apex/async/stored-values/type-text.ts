import type { TypeReference } from '../../parse/ast/ast-expressions.ts';
import type { Program } from '../../symbols/program.ts';
import { resolveType } from '../../symbols/resolve-type.ts';
import { splitTypes } from '../../platform/signature-syntax.ts';
import type { ApexType } from '../../types/type.ts';

const nowhere = { line: 0, column: 0 };

function referenceOf(text: string): TypeReference {
  const open = text.indexOf('<');
  const path = (open < 0 ? text : text.slice(0, open)).split('.');
  const parameters = open < 0 ? [] : splitTypes(text.slice(open + 1, text.lastIndexOf('>'))).map(referenceOf);
  const last = path.length - 1;
  return {
    at: nowhere,
    names: path.map((name, index) => ({ text: name, arguments: index === last ? parameters : [] })),
    arrayDepth: 0,
  };
}

/** The type that a name such as `Map<Id, List<Outer.Inner>>` stands for in a program; undefined if there is none. */
export function typeOfText(text: string, program: Program): ApexType | undefined {
  const resolved = resolveType(referenceOf(text), undefined, program);
  return resolved.problem === undefined ? resolved.type : undefined;
}
