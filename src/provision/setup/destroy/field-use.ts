import { OpencxError } from '../../../errors/opencx-error.ts';
import type { Org } from '../../../salesforce/org.ts';
import type { SetupWish } from '../wish/setup-wish.ts';

/** Whether Cases hold values in our field, which deleting it deletes; `unknown` where this session cannot see the field. */
export type FieldUse = 'in use' | 'unused' | 'unknown';

/** Asks for one Case that OpenCX has marked. */
export async function readFieldUse(org: Org, wish: SetupWish): Promise<FieldUse> {
  const { caseFromField } = wish.settings.names;
  const soql = `SELECT Id FROM Case WHERE ${caseFromField} != null LIMIT 1`;
  try {
    return (await org.query(soql, 'looking for Cases of OpenCX')).length > 0 ? 'in use' : 'unused';
  } catch (error) {
    if (error instanceof OpencxError && error.details?.['salesforceErrorCode'] === 'INVALID_FIELD') return 'unknown';
    throw error;
  }
}
