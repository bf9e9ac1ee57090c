import { listOf, mapOf } from '../../platform/platform.ts';
import type { MethodSymbol } from '../../symbols/symbol.ts';
import type { ApexType } from '../../types/type.ts';
import { isCollection, primitives, rowsType, sobjectType } from '../../types/type.ts';

/** Called on the name of a custom setting or custom metadata type, these give its records. */
const settingMethods = new Set(['getinstance', 'getorgdefaults', 'getvalues']);
export function isSettingMethod(name: string): boolean {
  return settingMethods.has(name.toLowerCase());
}

const rowMethods = new Set(['query', 'querywithbinds']);

/**
 * Return types that depend on more than the signature says: `Database.query` gives rows as a query in brackets does,
 * `clone()` and `deepClone()` give the type they are called on.
 */
export function adjustedReturnType(method: MethodSymbol, returnType: ApexType, target: ApexType): ApexType {
  if (method.owner.origin === 'user') return returnType;
  const name = method.name.toLowerCase();
  if (method.owner.name === 'System.Database' && rowMethods.has(name)) return rowsType(sobjectType);
  if (name === 'clone' && target.kind === 'sobject') return target;
  if ((name === 'clone' || name === 'deepclone') && isCollection(target, 'List', 'Set', 'Map')) return target;
  if (method.owner.name === 'SObject' && name === 'getsobjects') return listOf(sobjectType);
  if (method.owner.name === 'SObject' && settingMethods.has(name)) return target;
  if (method.owner.name === 'SObject' && name === 'getall') return mapOf(primitives.String, target);
  if (method.owner.name === 'Object' && name === 'clone') return target;
  return returnType;
}
