import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';

/** What people know a record by, the more telling first; the id, which a record made anew does not keep, comes last. */
const NAME_FIELDS = [
  'Username',
  'DeveloperName',
  'FullName',
  'Name',
  'Address',
  'CaseNumber',
  'SobjectType',
  'Field',
  'Subject',
  'Id',
];

/** Fields whose content is a secret. */
const SECRETS: Readonly<Record<string, readonly string[]>> = { EmailDomainKey: ['PrivateKey'] };

/** All live rows of an org by object, as stored; objects without any are left out. */
export function recordDump(org: OrgState): Record<string, StoredRecord[]> {
  const { data, tooling } = org.schema();
  const names = new Set([...data.objects(), ...tooling.objects()].map(({ name }) => name));
  const rows = Array.from(
    names,
    (name) => [name, sorted(org.records.all(name)).map((row) => open(name, row))] as const,
  );
  return Object.fromEntries(rows.filter(([, list]) => list.length > 0));
}

function sorted(rows: readonly StoredRecord[]): StoredRecord[] {
  const keyed = rows.map((row) => ({ row, key: NAME_FIELDS.map((field) => fieldText(row[field])).join('\n') }));
  return keyed.toSorted((one, other) => (one.key < other.key ? -1 : 1)).map(({ row }) => row);
}

function open(sobject: string, row: StoredRecord): StoredRecord {
  const hidden = SECRETS[sobject] ?? [];
  return Object.fromEntries(Object.entries(row).filter(([field]) => !hidden.includes(field))) as StoredRecord;
}
