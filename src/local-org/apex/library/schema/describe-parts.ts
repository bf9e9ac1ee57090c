import { propertyMethods } from '../native.ts';
import type { NativeClass } from '../native.ts';

export const picklistEntry: NativeClass = {
  name: 'Schema.PicklistEntry',
  ...propertyMethods('Active', 'DefaultValue', 'Label', 'Value'),
};

export const childRelationship: NativeClass = {
  name: 'Schema.ChildRelationship',
  ...propertyMethods(
    'CascadeDelete',
    'ChildSObject',
    'DeprecatedAndHidden',
    'Field',
    'JunctionIdListNames',
    'JunctionReferenceTo',
    'RelationshipName',
    'RestrictedDelete',
  ),
};

export const recordTypeInfo: NativeClass = {
  name: 'Schema.RecordTypeInfo',
  ...propertyMethods(
    'Active',
    'Available',
    'DefaultRecordTypeMapping',
    'DeveloperName',
    'Master',
    'Name',
    'RecordTypeId',
  ),
};
