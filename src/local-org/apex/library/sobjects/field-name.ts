import type { Run } from '../../run/run.ts';
import type { SObjectField } from '../../types/sobject-fields.ts';
import { findSObjectField } from '../../types/sobject-fields.ts';
import { apexError } from '../../values/exception.ts';
import { requireField } from '../../values/records/sobject-access.ts';
import type { SObject } from '../../values/records/sobject.ts';
import { SObjectFieldToken } from '../../values/tokens.ts';
import type { Value } from '../../values/value.ts';
import { nullArgument } from '../native.ts';

function nameOf(argument: Value | undefined): string {
  if (argument instanceof SObjectFieldToken) return argument.field;
  if (typeof argument !== 'string') throw nullArgument();
  return argument;
}

function checkOwner(record: SObject, argument: Value | undefined): void {
  if (!(argument instanceof SObjectFieldToken) || argument.object.toLowerCase() === record.type.key) return;
  const message = `${argument.object}.${argument.field} does not belong to SObject type ${record.type.name}`;
  throw apexError('System.SObjectException', message);
}

/**
 * The field an argument of `get`, `put` and the like means: a token, or a name in any case. Relationships are no fields.
 * @throws ApexThrown System.SObjectException where the object has no such field
 */
export function fieldName(run: Run, record: SObject, argument: Value | undefined): string {
  checkOwner(record, argument);
  const name = nameOf(argument);
  const field = findSObjectField(record.type, name, run.org.schema().data);
  if (field !== undefined && field.kind !== 'scalar') {
    throw apexError('System.SObjectException', `Invalid field ${name} for ${record.type.name}`);
  }
  return field?.name ?? name;
}

/**
 * The relationship that an argument of `getSObject`, `putSObject` and `getSObjects` means: its name, or the token of the
 * reference behind a parent.
 * @throws ApexThrown System.SObjectException where the object has no such relationship
 */
export function relationshipName(
  run: Run,
  record: SObject,
  argument: Value | undefined,
  kind: Exclude<SObjectField['kind'], 'scalar'>,
): string {
  checkOwner(record, argument);
  const name = nameOf(argument);
  const field = requireField(run, record.type, name);
  const isToken = argument instanceof SObjectFieldToken;
  const relationship = isToken && field.kind === 'scalar' ? field.schema?.relationshipName : field.name;
  if (relationship === undefined || (!isToken && field.kind !== kind)) {
    throw apexError('System.SObjectException', `Invalid relationship ${name} for ${record.type.name}`);
  }
  return relationship;
}
