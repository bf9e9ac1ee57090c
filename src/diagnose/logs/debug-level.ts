import { quoted } from '../../provision/org/soql-literal.ts';
import type { Org } from '../../salesforce/org.ts';
import { isGone } from './is-gone.ts';
import { orgTime } from './trace-flag-rows.ts';

/** The debug level of the trace flags that this product makes. */
export const debugLevelName = 'OpenCX_Logs';

/**
 * `System.debug` shows at its own level, and exceptions show from INFO on. The other categories are off: they would fill the
 * 1,000 MB that an org has for logs, and Callout writes the whole webhook URL.
 */
const levels = {
  ApexCode: 'DEBUG',
  ApexProfiling: 'NONE',
  Callout: 'NONE',
  Database: 'NONE',
  System: 'NONE',
  Validation: 'NONE',
  Visualforce: 'NONE',
  Workflow: 'NONE',
};

/** Finds our debug level, or makes it. @returns its id, `7dl…` */
export async function ensureDebugLevel(org: Org): Promise<string> {
  const found = await findDebugLevel(org);
  if (found !== undefined) return found;
  try {
    const body = { DeveloperName: debugLevelName, MasterLabel: debugLevelName, ...levels };
    const { id } = await org.rest<{ id: string }>('POST', '/tooling/sobjects/DebugLevel', 'making a debug level', body);
    return id;
  } catch (error) {
    // Another run may have made it at the same moment, or the answer was lost on its way.
    const made = await findDebugLevel(org);
    if (made === undefined) throw error;
    return made;
  }
}

async function findDebugLevel(org: Org): Promise<string | undefined> {
  const soql = `SELECT Id FROM DebugLevel WHERE DeveloperName = ${quoted([debugLevelName])}`;
  const [row] = await org.toolingQuery<{ Id: string }>(soql, 'reading debug levels');
  return row?.Id;
}

/** Deletes our debug level unless a flag that has not expired uses it; what runs that were killed have left goes with it. */
export async function removeUnusedLevel(org: Org, id: string): Promise<void> {
  const flags = await org.toolingQuery<{ Id: string; ExpirationDate: string }>(
    `SELECT Id, ExpirationDate FROM TraceFlag WHERE DebugLevelId = ${quoted([id])}`,
    'reading trace flags',
  );
  if (flags.some(({ ExpirationDate }) => Date.parse(ExpirationDate) > orgTime(org))) return;
  for (const flag of flags) await deleteRecord(org, 'TraceFlag', flag.Id);
  await deleteRecord(org, 'DebugLevel', id);
}

/** Deletes a record of the Tooling API; one that is gone already is as good. */
export async function deleteRecord(org: Org, sobject: 'DebugLevel' | 'TraceFlag', id: string): Promise<void> {
  try {
    await org.rest('DELETE', `/tooling/sobjects/${sobject}/${id}`, `deleting the ${sobject} ${id}`);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}
