import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import { toolingMetadata } from '../apply/stored-value.ts';
import { settingsValue } from './settings-component.ts';
import { settingsTypes } from './settings-types.ts';

/** Rows of the Tooling API by object: each kind of settings has exactly one. */
export const settingsRows: Readonly<Record<string, (org: OrgState) => StoredRecord[]>> = Object.fromEntries(
  settingsTypes.map((type) => [
    type.name,
    (org: OrgState): StoredRecord[] => [
      { Id: type.id, FullName: type.member, Metadata: toolingMetadata(type.name, settingsValue(org, type)) },
    ],
  ]),
);
