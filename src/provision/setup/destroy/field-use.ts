import type { BlueprintSettings } from '../../../config/blueprint-settings.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import type { Org } from '../../../salesforce/org.ts';

/** Whether records hold values in our field, which deleting it deletes; `unknown` where this session cannot see the field. */
export type FieldUse = 'in use' | 'unused' | 'unknown';

/** Asks for one record that holds a value. @param object e.g. `Case` */
export async function readFieldUse(org: Org, object: string, field: string): Promise<FieldUse> {
  const soql = `SELECT Id FROM ${object} WHERE ${field} != null LIMIT 1`;
  try {
    return (await org.query(soql, `looking for ${object} records of OpenCX`)).length > 0 ? 'in use' : 'unused';
  } catch (error) {
    if (error instanceof OpencxError && error.details?.['salesforceErrorCode'] === 'INVALID_FIELD') return 'unknown';
    throw error;
  }
}

/** The same of each field of Cases, by its full name, e.g. `Case.Case_From__c`. */
export async function readCaseFieldUse(
  org: Org,
  { caseFromField, caseSessionField }: BlueprintSettings['names'],
): Promise<ReadonlyMap<string, FieldUse>> {
  const uses = [caseFromField, caseSessionField].map(
    async (field) => [`Case.${field}`, await readFieldUse(org, 'Case', field)] as const,
  );
  return new Map(await Promise.all(uses));
}
