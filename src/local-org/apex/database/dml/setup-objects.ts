import type { SaveError } from '../../../records/save/save-error.ts';
import type { Run } from '../../run/run.ts';
import type { SObject } from '../../values/records/sobject.ts';
import type { DmlOperation } from './dml-outcome.ts';
import type { Stretch } from './dml-records.ts';

/** Objects that may not be changed in one transaction with others (Apex Developer Guide, "sObjects That Cannot Be Used Together in DML Operations"). */
const setupObjects: ReadonlySet<string> = new Set([
  'FieldPermissions',
  'Group',
  'GroupMember',
  'ObjectPermissions',
  'PermissionSet',
  'PermissionSetAssignment',
  'QueueSobject',
  'SetupEntityAccess',
  'User',
  'UserRole',
]);
/** Changes to users that leave who they are and what they may do as it is go together with everything. */
const weightyUserFields = ['UserRoleId', 'IsActive', 'ForecastEnabled', 'IsPortalEnabled', 'Username', 'ProfileId'];

type Kind = 'setup' | 'data';

/** What a transaction has changed so far: the first object of each kind. */
type Touched = Partial<Record<Kind, string>>;

const touchedBy = new WeakMap<Run, Touched>();

function kindOf(run: Run, operation: DmlOperation, { object, rows }: Stretch): Kind | undefined {
  if (!setupObjects.has(object.name)) return 'data';
  if (object.name !== 'User') return 'setup';
  return rows.some(({ record }) => isWeighty(run, operation, record)) ? 'setup' : undefined;
}

function isWeighty(run: Run, operation: DmlOperation, record: SObject): boolean {
  if (operation === 'insert') return (record.fields.get('UserRoleId') ?? null) !== null;
  const id = record.fields.get('Id');
  const old = typeof id === 'string' ? run.org.records.get('User', id) : undefined;
  return weightyUserFields.some(
    (name) => record.fields.has(name) && (record.fields.get(name) ?? null) !== (old?.[name] ?? null),
  );
}

/**
 * Setup objects and others do not go together in one transaction.
 * @returns the error of each record; undefined if all is well, and then it is noted what was changed
 */
export function checkMixedDml(run: Run, operation: DmlOperation, stretch: Stretch): SaveError | undefined {
  const kind = kindOf(run, operation, stretch);
  if (kind === undefined) return undefined;
  const touched = touchedBy.get(run) ?? {};
  const original = touched[kind === 'setup' ? 'data' : 'setup'];
  if (original !== undefined) {
    const message = `DML operation on setup object is not permitted after you have updated a non-setup object (or vice versa): ${stretch.object.name}, original object: ${original}`;
    return { statusCode: 'MIXED_DML_OPERATION', message, fields: [] };
  }
  touchedBy.set(run, { ...touched, [kind]: touched[kind] ?? stretch.object.name });
  return undefined;
}

/** Runs work that may change the other kind than the code around it did: a block of `System.runAs`. */
export function withMixedDml<T>(run: Run, work: () => T): T {
  const before = touchedBy.get(run);
  touchedBy.delete(run);
  try {
    return work();
  } finally {
    if (before === undefined) touchedBy.delete(run);
    else touchedBy.set(run, before);
  }
}
