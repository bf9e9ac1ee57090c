import { listOf, mapOf } from '../../platform/platform.ts';
import type { FieldSymbol } from '../../symbols/symbol.ts';
import type { ApexType, SObjectType } from '../../types/type.ts';
import { primitives } from '../../types/type.ts';

/** In a trigger `Trigger.new` and its kin hold records of the trigger's object; in a class they are SObjects. */
export function triggerVariableType(field: FieldSymbol, object: SObjectType | undefined): ApexType | undefined {
  if (object === undefined || field.owner.name !== 'System.Trigger') return undefined;
  switch (field.name.toLowerCase()) {
    case 'new':
    case 'old':
      return listOf(object);
    case 'newmap':
    case 'oldmap':
      return mapOf(primitives.Id, object);
    default:
      return undefined;
  }
}
