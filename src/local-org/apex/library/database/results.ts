import { platformType } from '../../platform/platform.ts';
import type { SaveError } from '../../../records/save/save-error.ts';
import type { DmlOutcome } from '../../database/dml/dml-outcome.ts';
import { primitives } from '../../types/type.ts';
import type { EnumValue } from '../../values/enums/enum-value.ts';
import { ApexList } from '../../values/collections/list.ts';
import { platformConstants } from '../../values/enums/platform-enums.ts';
import { PlatformObject } from '../../values/platform-object.ts';
import { propertyMethods } from '../native.ts';
import type { NativeClass } from '../native.ts';

/** The properties of each result class. */
const properties: Readonly<Record<string, readonly string[]>> = {
  'Database.DeleteResult': ['Success', 'Id', 'Errors'],
  'Database.EmptyRecycleBinResult': ['Success', 'Id', 'Errors'],
  'Database.Error': ['Message', 'StatusCode', 'Fields'],
  'Database.MergeResult': ['Success', 'Id', 'Errors', 'MergedRecordIds', 'UpdatedRelatedIds'],
  'Database.SaveResult': ['Success', 'Id', 'Errors'],
  'Database.UndeleteResult': ['Success', 'Id', 'Errors'],
  'Database.UpsertResult': ['Success', 'Created', 'Id', 'Errors'],
};

export const resultClasses: readonly NativeClass[] = Object.entries(properties).map(([name, names]) => ({
  name,
  construct: (_run, _args, type) => new PlatformObject(type),
  ...propertyMethods(...names),
}));

export type ResultName = 'Delete' | 'EmptyRecycleBin' | 'Merge' | 'Save' | 'Undelete' | 'Upsert';

/** `Database.SaveResult` and its kin. */
export function resultOf(name: ResultName, { id, success, created, errors }: DmlOutcome): PlatformObject {
  return new PlatformObject(platformType(`Database.${name}Result`), [
    ...(name === 'Upsert' ? ([['Created', created]] as const) : []),
    ['Errors', ApexList.of(platformType('Database.Error'), errors.map(errorOf))],
    ['Id', id],
    ['Success', success],
  ]);
}

function errorOf({ statusCode, message, fields }: SaveError): PlatformObject {
  return new PlatformObject(platformType('Database.Error'), [
    ['Fields', ApexList.of(primitives.String, [...fields])],
    ['Message', message],
    ['StatusCode', statusCodeOf(statusCode)],
  ]);
}

/** Codes that only REST has are none of the enum's. */
function statusCodeOf(code: string): EnumValue | null {
  const constants = platformConstants('System.StatusCode');
  return (
    constants.find(({ name }) => name === code) ?? constants.find(({ name }) => name === 'UNKNOWN_EXCEPTION') ?? null
  );
}
