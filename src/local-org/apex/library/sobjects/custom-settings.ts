import type { ObjectSchema } from '../../../schema/schema.ts';
import type { StoredRecord } from '../../../state/record-store.ts';
import type { Run } from '../../run/run.ts';
import { newRecord } from '../../values/records/sobject-access.ts';
import { recordOfStored, sobjectTypeFor } from '../../values/records/stored-record.ts';
import type { SObject } from '../../values/records/sobject.ts';
import type { SObjectTypeToken } from '../../values/tokens.ts';
import { methodsOf, textArgument } from '../native.ts';
import { loadDefaults } from '../schema/default-values.ts';
import { objectNamed } from '../schema/describe-values.ts';

function rowOf(run: Run, { name }: ObjectSchema, owner: string): StoredRecord | undefined {
  return run.org.records.find(name, { SetupOwnerId: owner })[0];
}

/** Where nobody has set anything, a setting that says nothing stands for it (Apex Reference, "Hierarchy Custom Setting Methods"). */
function settingOf(object: ObjectSchema, row: StoredRecord | undefined): SObject {
  if (row !== undefined) return recordOfStored(object, row, 'queried');
  const empty = newRecord(sobjectTypeFor(object));
  loadDefaults(empty, object);
  return empty;
}

/** Whose settings count for somebody, the nearest first. */
function ownersFor(run: Run, id: string): string[] {
  const profile = run.org.records.get('User', id)?.['ProfileId'];
  const near = typeof profile === 'string' ? [id, profile] : [id];
  return [...near, run.org.settings.organizationId];
}

/** `Setting__c.getOrgDefaults()` and the like; none of them counts as a query. Lists of settings (`getAll`) are not there. */
export const customSettingMethods = methodsOf<SObjectTypeToken>({
  getorgdefaults: (run, self) => {
    const object = objectNamed(run, self.object);
    return settingOf(object, rowOf(run, object, run.org.settings.organizationId));
  },
  // What the user has not set comes from the profile, and what that has not from the org.
  getinstance: (run, self, args) => {
    const object = objectNamed(run, self.object);
    const owners = ownersFor(run, args.length === 0 ? run.userId : textArgument(args, 0));
    const rows = owners.flatMap((owner) => rowOf(run, object, owner) ?? []);
    const [nearest] = rows;
    if (nearest === undefined) return settingOf(object, undefined);
    const custom = object.fields.filter((field) => field.custom);
    const values = custom.map(({ name }) => [
      name,
      rows.map((row) => row[name] ?? null).find((one) => one !== null) ?? null,
    ]);
    return settingOf(object, { ...nearest, ...Object.fromEntries(values) });
  },
  getvalues: (run, self, args) => {
    const object = objectNamed(run, self.object);
    const row = rowOf(run, object, textArgument(args, 0));
    return row === undefined ? null : settingOf(object, row);
  },
});
