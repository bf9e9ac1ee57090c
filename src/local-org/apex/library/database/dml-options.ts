import { platformType } from '../../platform/platform.ts';
import { PlatformObject } from '../../values/platform-object.ts';
import { propertyMethods } from '../native.ts';
import type { NativeClass } from '../native.ts';

const headers = ['AssignmentRuleHeader', 'DuplicateRuleHeader', 'EmailHeader'] as const;

/**
 * `Database.DMLOptions`, whose headers are there from the start, to be filled. Of all it asks for, `OptAllOrNone`,
 * `AllowFieldTruncation` and `AssignmentRuleHeader` have an effect: the local org has no duplicate rules or mail of its own.
 */
const dmlOptionsClass: NativeClass = {
  name: 'Database.DMLOptions',
  construct: (_run, _args, type) =>
    new PlatformObject(
      type,
      headers.map((name) => [name, new PlatformObject(platformType(`Database.DMLOptions.${name}`))] as const),
    ),
  fields: propertyMethods('AllowFieldTruncation', 'LocaleOptions', 'OptAllOrNone', ...headers).fields,
};

function headerClass(name: string, ...properties: readonly string[]): NativeClass {
  return { name: `Database.DMLOptions.${name}`, fields: propertyMethods(...properties).fields };
}

export const dmlOptionsClasses: readonly NativeClass[] = [
  dmlOptionsClass,
  headerClass('AssignmentRuleHeader', 'assignmentRuleId', 'useDefaultRule'),
  headerClass('DuplicateRuleHeader', 'allowSave', 'includeRecordDetails', 'runAsCurrentUser'),
  headerClass('EmailHeader', 'triggerAutoResponseEmail', 'triggerOtherEmail', 'triggerUserEmail'),
];
