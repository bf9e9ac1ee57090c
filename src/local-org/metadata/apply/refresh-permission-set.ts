import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import { grantsValue } from './permission-values.ts';
import { storedForm, storedValue, storedXml, toolingMetadata } from './stored-value.ts';

const TYPE = 'PermissionSet';

/**
 * Brings the component of a permission set to what its rows say: they can be written by themselves, and the Metadata API
 * shows the same permission set. One that belongs to a profile is no component.
 * @param userId who wrote the rows
 */
export function refreshPermissionSet(org: OrgState, setId: string, userId: string): void {
  const row = org.records.get(TYPE, setId);
  if (row === undefined || row['IsOwnedByProfile'] === true) return;
  const fullName = fieldText(row['Name']);
  const stored = org.components.list(TYPE).find((component) => component.recordId === setId);
  if (stored !== undefined && stored.fullName !== fullName) org.components.delete(TYPE, stored.fullName);
  const { description: _former, ...former } = stored === undefined ? {} : storedValue(stored);
  const description = fieldText(row['Description']);
  const value = {
    ...former,
    ...grantsValue(org, row),
    ...(description === '' ? {} : { description }),
    hasActivationRequired: row['HasActivationRequired'] === true,
    label: fieldText(row['Label']),
  };
  org.components.put({
    type: TYPE,
    fullName,
    fileName: `permissionsets/${fullName}.permissionset`,
    body: undefined,
    xml: storedXml(TYPE, value),
    recordId: setId,
  });
  const metadata = toolingMetadata(TYPE, storedForm(TYPE, value));
  org.records.update(TYPE, setId, { FullName: fullName, Metadata: metadata }, userId);
}

/** The component of a permission set whose row is gone. */
export function forgetPermissionSet(org: OrgState, fullName: string): void {
  org.components.delete(TYPE, fullName);
}
