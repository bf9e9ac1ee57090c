import { orgWideCoverageRows } from '../apex/testing/coverage-rows.ts';
import { flowDefinitionRecordRows, flowDefinitionRows } from '../metadata/flows/flow-definition-rows.ts';
import { settingsRows } from '../metadata/settings/settings-rows.ts';
import { oauthTokenRows } from '../oauth/oauth-token-rows.ts';
import { entityDefinitionRows, fieldDefinitionRows } from '../schema/definition-rows.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import { fieldText } from '../state/field-text.ts';
import type { OrgState } from '../state/org-state.ts';
import type { StoredRecord } from '../state/record-store.ts';
import { derivedFields } from './derived-fields.ts';
import { twoFactorRows } from './two-factor-rows.ts';
import { userPermissionRow } from './user-permission-row.ts';

export interface ReadOptions {
  /** Some objects show each user their own row. */
  readonly userId: string;
  readonly includeDeleted: boolean;
}

type ComputedRows = (org: OrgState, options: ReadOptions) => StoredRecord[];

/** Objects that are not stored but follow from the rest of the org. */
const COMPUTED: Readonly<Record<string, ComputedRows>> = {
  ApexOrgWideCoverage: orgWideCoverageRows,
  EntityDefinition: entityDefinitionRows,
  FieldDefinition: fieldDefinitionRows,
  FlowDefinition: flowDefinitionRecordRows,
  FlowDefinitionView: flowDefinitionRows,
  OauthToken: (org, options) => oauthTokenRows(org, options.userId),
  ...settingsRows,
  TwoFactorMethodsInfo: twoFactorRows,
  UserPermissionAccess: (org, options) => [userPermissionRow(org, options.userId)],
};

/** True for an object whose rows are not stored. */
export function isComputed(sobject: string): boolean {
  return COMPUTED[sobject] !== undefined;
}

/** All rows of an object as the API shows them, in order of creation. */
export function readRows(org: OrgState, object: ObjectSchema, options: ReadOptions): StoredRecord[] {
  const computed = COMPUTED[object.name];
  if (computed !== undefined) return computed(org, options);
  const rows = org.records.all(object.name);
  if (options.includeDeleted) rows.push(...org.records.deleted(object.name));
  return rows.map((row) => complete(org, object, row));
}

/** The rows of an object whose field (an id or a reference) has one of the values, in order of creation. */
export function readRowsHaving(
  org: OrgState,
  object: ObjectSchema,
  field: string,
  values: ReadonlySet<string>,
  options: ReadOptions,
): StoredRecord[] {
  if (COMPUTED[object.name] !== undefined || options.includeDeleted) {
    return readRows(org, object, options).filter((row) => values.has(fieldText(row[field])));
  }
  return org.records.findAny(object.name, field, values).map((row) => complete(org, object, row));
}

/** One row by its id (or, for definitions, its durable id). */
export function readRow(
  org: OrgState,
  object: ObjectSchema,
  id: string,
  options: ReadOptions,
): StoredRecord | undefined {
  const computed = COMPUTED[object.name];
  if (computed !== undefined) return computed(org, options).find((row) => row['DurableId'] === id || row.Id === id);
  const row = org.records.get(object.name, id);
  return row === undefined ? undefined : complete(org, object, row);
}

function complete(org: OrgState, object: ObjectSchema, row: StoredRecord): StoredRecord {
  const derived = derivedFields(org, object.name, row);
  return derived === undefined ? row : { ...row, ...derived };
}
