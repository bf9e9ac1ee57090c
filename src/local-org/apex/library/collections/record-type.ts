import type { ApexType } from '../../types/type.ts';
import { SObjectTypeToken } from '../../values/tokens.ts';

/** `getSObjectType()` of a collection: the object its declaration names; null for the generic SObject and for no record. */
export function recordTypeOf(element: ApexType | undefined): SObjectTypeToken | null {
  return element?.kind === 'sobject' && element.schema !== undefined ? SObjectTypeToken.of(element.name) : null;
}
