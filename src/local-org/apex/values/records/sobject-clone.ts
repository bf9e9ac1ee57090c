import type { Run } from '../../run/run.ts';
import { ApexList } from '../collections/list.ts';
import { SObject } from './sobject.ts';
import type { Value } from '../value.ts';

/** Flags of `clone`, in the order of its parameters; all are false where they are not given. */
export interface CloneOptions {
  readonly preserveId?: boolean;
  /** Parents and children are copied too, not shared. */
  readonly deep?: boolean;
  readonly preserveReadonlyTimestamps?: boolean;
  readonly preserveAutonumber?: boolean;
}

/** What `preserveReadonlyTimestamps` is about (Apex Reference, `SObject.clone`). */
const timestamps = new Set(['CreatedById', 'CreatedDate', 'LastModifiedById', 'LastModifiedDate']);

function copied(run: Run, value: Value): Value {
  if (value instanceof SObject) return copyOf(run, value, () => true, true);
  return value instanceof ApexList
    ? new ApexList(
        value.type,
        value.items.map((item) => copied(run, item)),
      )
    : value;
}

function copyOf(run: Run, record: SObject, keeps: (name: string) => boolean, deep: boolean): SObject {
  const copy = new SObject(record.type);
  copy.origin = record.origin;
  if (record.assigned !== undefined) copy.assigned = new Set(record.assigned);
  for (const [name, value] of record.fields) if (keeps(name)) copy.fields.set(name, deep ? copied(run, value) : value);
  return copy;
}

/** `record.clone(…)`: a record that may be written, without errors, which knows whose clone it is. */
export function cloneRecord(run: Run, record: SObject, options: CloneOptions = {}): SObject {
  const object = run.org.schema().data.object(record.type.name);
  const keeps = (name: string): boolean => {
    if (name === 'Id') return options.preserveId === true;
    if (timestamps.has(name)) return options.preserveReadonlyTimestamps === true;
    return object?.field(name)?.autoNumber !== true || options.preserveAutonumber === true;
  };
  const clone = copyOf(run, record, keeps, options.deep === true);
  const id = record.fields.get('Id');
  clone.clonedFrom = typeof id === 'string' ? id : null;
  return clone;
}
