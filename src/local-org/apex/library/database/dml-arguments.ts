import { accessModeOf } from '../../database/queries/dynamic-query.ts';
import { dmlOptionsOf } from '../../database/dml/dml-options.ts';
import type { DmlOptions } from '../../database/dml/dml-options.ts';
import type { AccessMode } from '../../database/queries/query.ts';
import { typeOfObject } from '../../database/queries/query-records.ts';
import type { Run } from '../../run/run.ts';
import { idOf } from '../../run/runtime-type.ts';
import { apexError } from '../../values/exception.ts';
import { ApexList } from '../../values/collections/list.ts';
import { PlatformObject } from '../../values/platform-object.ts';
import { SObject } from '../../values/records/sobject.ts';
import { SObjectFieldToken } from '../../values/tokens.ts';
import type { Value } from '../../values/value.ts';

/** What stands behind the records in a call of `Database.insert` and its kin, in whichever overload. */
export interface DmlArguments {
  readonly allOrNone: boolean;
  readonly access: AccessMode;
  readonly options: DmlOptions | undefined;
  readonly externalIdField: string | undefined;
}

export function dmlArguments(args: readonly Value[]): DmlArguments {
  const rest = args.slice(1);
  const flag = rest.find((one) => typeof one === 'boolean');
  const options = dmlOptionsOf(rest.find((one) => isOf(one, 'Database.DMLOptions')));
  const field = rest.find((one) => one instanceof SObjectFieldToken);
  return {
    // Options that do not say it allow partial success (reference, DMLOptions.OptAllOrNone).
    allOrNone: options === undefined ? flag !== false : options.allOrNone === true,
    access: accessModeOf(rest.find((one) => isOf(one, 'System.AccessLevel'))),
    options,
    externalIdField: field instanceof SObjectFieldToken ? field.field : undefined,
  };
}

function isOf(value: Value, name: string): boolean {
  return value instanceof PlatformObject && value.type.name === name;
}

/** Records, or what stands for them by its id alone. */
export function recordsByIds(run: Run, value: Value): Value {
  if (typeof value === 'string') return recordOfId(run, value);
  if (!(value instanceof ApexList) || value.items.every((item) => item instanceof SObject)) return value;
  const items = value.items.map((item) => (typeof item === 'string' ? recordOfId(run, item) : item));
  return new ApexList(value.type, items);
}

function recordOfId(run: Run, text: string): SObject {
  const id = idOf(text);
  const schema = run.org.schema().data;
  const object = schema.objectByKeyPrefix(id.slice(0, 3));
  if (object === undefined) throw apexError('System.TypeException', `Invalid id: ${text}`);
  const record = new SObject(typeOfObject(schema, object.name));
  record.fields.set('Id', id);
  return record;
}
