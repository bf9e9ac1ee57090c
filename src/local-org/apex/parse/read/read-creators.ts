import type { ArrayCreatorRestContext, CreatorContext } from '@apexdevtools/apex-parser';
import type { Position } from '../ast/ast.ts';
import type { Creation, NewExpression } from '../ast/ast-expressions.ts';
import { readCreatedName } from './read-types.ts';
import { optional } from '../tree.ts';
import type { ExpressionReader } from '../tree.ts';

function readArrayRest(rest: ArrayCreatorRestContext, read: ExpressionReader): Creation {
  const size = optional(rest.expression());
  if (size !== undefined) return { kind: 'size', size: read(size) };
  const initializer = optional(rest.arrayInitializer());
  const elements = initializer === undefined ? [] : initializer.expression_list().map(read);
  return { kind: 'elements', elements, isArray: true };
}

function readCreation(node: CreatorContext, read: ExpressionReader): Creation {
  const call = optional(node.classCreatorRest());
  if (call !== undefined) {
    const list = optional(call.arguments().expressionList());
    return { kind: 'arguments', arguments: list === undefined ? [] : list.expression_list().map(read) };
  }
  const array = optional(node.arrayCreatorRest());
  if (array !== undefined) return readArrayRest(array, read);
  const map = optional(node.mapCreatorRest());
  if (map !== undefined) {
    const pairs = map
      .mapCreatorRestPair_list()
      .map((pair) => ({ key: read(pair.expression(0)), value: read(pair.expression(1)) }));
    return { kind: 'pairs', pairs };
  }
  const set = optional(node.setCreatorRest());
  // `new Map<K, V>{}` has neither: an empty pair of braces serves lists, sets and maps alike.
  return { kind: 'elements', elements: set === undefined ? [] : set.expression_list().map(read), isArray: false };
}

/** `new X(…)`, `new X[n]`, `new List<X>{ … }`, `new Map<K, V>{ k => v }`; `at` is the keyword `new`. */
export function readCreator(node: CreatorContext, at: Position, read: ExpressionReader): NewExpression {
  return { kind: 'new', at, type: readCreatedName(node.createdName()), creation: readCreation(node, read) };
}
