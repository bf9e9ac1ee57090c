import type { NativeClass } from '../native.ts';
import { describeFieldResult } from './describe-field-result.ts';
import { childRelationship, picklistEntry, recordTypeInfo } from './describe-parts.ts';
import { describeSObjectResult } from './describe-sobject-result.ts';
import { accessDecision, security } from './security.ts';
import { sobjectFieldClass } from './sobject-field.ts';
import { sobjectTypeFields } from './sobject-type-fields.ts';
import { sobjectTypeClass } from './sobject-type.ts';
import { systemSchema } from './system-schema.ts';

/** What an org says of its objects and fields, and what a user may do with them. */
export const schemaLibrary: readonly NativeClass[] = [
  systemSchema,
  sobjectTypeClass,
  sobjectFieldClass,
  sobjectTypeFields,
  describeSObjectResult,
  describeFieldResult,
  picklistEntry,
  childRelationship,
  recordTypeInfo,
  security,
  accessDecision,
];
