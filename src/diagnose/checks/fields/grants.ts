import type { CheckContext } from '../../check-context.ts';
import { fieldGrants, fieldReaders, type FieldGrant } from '../../readings/fields.ts';

/**
 * What gives a user a field: profile and permission sets together, as each is a row.
 * @param field e.g. `Case.Case_From__c`
 */
export async function grantsOf(context: CheckContext, field: string, username: string): Promise<FieldGrant[]> {
  const [grants, readers] = await Promise.all([context.read(fieldGrants), context.read(fieldReaders)]);
  const own = new Set(
    readers
      .filter((one) => one.username.toLowerCase() === username.toLowerCase())
      .map(({ permissionSetId }) => permissionSetId),
  );
  return grants.filter((one) => one.read && one.field === field && own.has(one.permissionSetId));
}
