import type { Run } from '../../run/run.ts';
import { primitives } from '../../types/type.ts';
import { parseDecimal } from '../../values/numbers/decimal-math.ts';
import { ApexList } from '../../values/collections/list.ts';
import { ApexMap } from '../../values/collections/map.ts';
import type { Value } from '../../values/value.ts';
import type { JsonNode } from './text/json-node.ts';
import { jsonError } from './text/json-source.ts';
import type { JsonSource } from './text/json-source.ts';
import { wholeNumber } from './text/whole-number.ts';

/** Numbers without point and exponent are Integers, or Longs where they must; all others are Decimals. */
function numberOf(source: JsonSource, node: JsonNode): Value {
  const { kind, text, boundary } = node.token;
  if (kind === 'VALUE_NUMBER_FLOAT') return parseDecimal(text);
  const value = wholeNumber(text, 32) ?? wholeNumber(text, 64);
  if (value === undefined) throw jsonError(`For input string: "${text}" at ${source.place(boundary)}`);
  return value;
}

/** Maps, lists and primitives, as `JSON.deserializeUntyped` gives them. */
export function untyped(run: Run, source: JsonSource, node: JsonNode): Value {
  switch (node.kind) {
    case 'object': {
      const entries = node.fields.map(({ name, value }) => [name, untyped(run, source, value)] as const);
      return ApexMap.of(run, primitives.String, primitives.Object, entries);
    }
    case 'array':
      return ApexList.of(
        primitives.Object,
        node.items.map((item) => untyped(run, source, item)),
      );
    case 'text':
      return node.token.text;
    case 'number':
      return numberOf(source, node);
    case 'boolean':
      return node.token.kind === 'VALUE_TRUE';
    case 'null':
      return null;
  }
}
