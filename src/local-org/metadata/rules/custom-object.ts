import { flagOf, textOf } from '../elements/metadata-value.ts';
import { apiNameProblem, tooLong } from './names.ts';
import type { ComponentRule } from './rule-context.ts';

/** An object's own file may name objects the org has, or make a custom setting; other custom objects are not implemented. */
export const checkCustomObject: ComponentRule = ({ fullName, value }, { org }) => {
  const isCustom = fullName.toLowerCase().endsWith('__c');
  const known = org.schema().data.object(fullName);
  if (!isCustom) {
    if (known !== undefined) return undefined;
    return { message: `Entity Enumeration Or ID: bad value for restricted picklist field: ${fullName}` };
  }
  const kind = textOf(value, 'customSettingsType');
  // A file with fields alone changes an object that is there.
  if (known !== undefined && Object.keys(value).length === 0) return undefined;
  if (kind !== 'Hierarchy' || flagOf(value, 'enableFeeds', false)) {
    const what = kind === undefined ? 'custom objects' : kind === 'List' ? 'list custom settings' : 'feeds of settings';
    return { message: `LOCAL_ORG_NOT_IMPLEMENTED: The local org does not implement ${what}.` };
  }
  const label = textOf(value, 'label');
  if (label === undefined) return { message: 'Must specify a non-empty label for the CustomObject' };
  const name = fullName.slice(0, -'__c'.length);
  const message =
    apiNameProblem(name, 'Object Name') ?? tooLong('Object Name', name, 40) ?? tooLong('Label', label, 40);
  return message === undefined ? undefined : { message };
};
