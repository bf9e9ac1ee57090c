import type { ClassType } from '../../types/type.ts';
import { Instance } from '../../values/instance.ts';
import type { Value } from '../../values/value.ts';
import type { JsonNode } from './text/json-node.ts';
import { jsonError } from './text/json-source.ts';
import type { Deserializer } from './json-target.ts';
import { fieldsOf, unsupported } from './json-target.ts';
import { blankInstance, jsonFields, writeProperty } from './properties.ts';

/** An object of a class of the customer. Fields are found in any case; unknown ones are refused where it is strict. */
export function deserializeInstance(deserializer: Deserializer, node: JsonNode, type: ClassType): Value {
  if (type.symbol.origin === 'platform') throw unsupported(type);
  const fields = fieldsOf(node);
  const instance = blankInstance(deserializer.run, type);
  if (!(instance instanceof Instance)) throw unsupported(type);
  const known = new Map(jsonFields(type).map((field) => [field.name.toLowerCase(), field]));
  for (const { name, value, token } of fields) {
    const field = known.get(name.toLowerCase());
    if (field === undefined) {
      if (deserializer.strict) throw jsonError(`Unknown field: ${type.symbol.name}.${name}`);
    } else if (field.kind !== 'property' || field.writeVisibility !== undefined) {
      writeProperty(deserializer.run, instance, field, deserializer.read(value, field.type, token.boundary));
    }
  }
  return instance;
}
