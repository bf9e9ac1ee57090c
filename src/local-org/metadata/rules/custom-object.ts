import type { ComponentRule } from './rule-context.ts';

/** An object's own file may name objects the org has; making new ones is not implemented. */
export const checkCustomObject: ComponentRule = ({ fullName }, { org }) => {
  if (org.schema().data.object(fullName) !== undefined) return undefined;
  return fullName.toLowerCase().endsWith('__c')
    ? { message: 'LOCAL_ORG_NOT_IMPLEMENTED: The local org does not implement custom objects.' }
    : { message: `Entity Enumeration Or ID: bad value for restricted picklist field: ${fullName}` };
};
