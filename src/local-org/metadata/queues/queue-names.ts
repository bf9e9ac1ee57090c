import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import { listOf, textOf } from '../elements/metadata-value.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';

/** The metadata type. Its components are rows: a Group of that type, with its QueueSobject and GroupMember rows. */
export const QUEUE = 'Queue';

/** The row of a queue by its DeveloperName, in any case. */
export function findQueue(org: OrgState, developerName: string): StoredRecord | undefined {
  const wanted = developerName.toLowerCase();
  return org.records
    .find('Group', { Type: QUEUE })
    .find((row) => fieldText(row['DeveloperName']).toLowerCase() === wanted);
}

/** Objects whose records a queue may own, as its metadata says. */
export function queueObjects(value: MetadataValue): string[] {
  return listOf(value, 'queueSobject').flatMap((entry) => textOf(entry, 'sobjectType') ?? []);
}

/** Whether a queue may own records of an object. */
export function queueTakes(value: MetadataValue, sobject: string): boolean {
  return queueObjects(value).some((name) => name.toLowerCase() === sobject.toLowerCase());
}
