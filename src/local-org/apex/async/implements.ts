import { platformType } from '../platform/platform.ts';
import { isSubclassOf } from '../symbols/hierarchy.ts';
import type { Instance } from '../values/instance.ts';

/** Whether an object's class implements an interface of the platform. */
export function implementsInterface(object: Instance, name: string): boolean {
  return isSubclassOf(object.type.symbol, platformType(name).symbol);
}
