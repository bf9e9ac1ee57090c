import type { Org } from '../../salesforce/org.ts';
import { quoted } from '../org/soql-literal.ts';
import { writeSecretSetting } from './client-secret-setting.ts';

/** The permission set that lends access for a moment, and says in its description what is to be restored. */
export const temporarySetName = 'OpenCX_Temporary_Access';

const journal = /\[opencx-sf lent-access setting=(on|off)\]/;

/**
 * Description of the temporary permission set. It is the journal of the lending, kept by the org itself: whoever finds it,
 * on whatever machine, knows what to restore.
 * @param settingWas of the setting that lets REST tell secrets, before anything was lent
 */
export function lendingJournal(settingWas: 'on' | 'off'): string {
  return `Lent by opencx-sf to read a consumer key and secret, and taken back right after. If it is still here, opencx-sf apply takes it back. [opencx-sf lent-access setting=${settingWas}]`;
}

/**
 * Whether an interrupted run has left its access behind. Reads only (one request).
 * @throws OpencxError as {@link Org.query} does
 */
export async function lentAccess(org: Org): Promise<boolean> {
  return (await findLeftover(org)) !== undefined;
}

/**
 * Takes back what was lent, in reverse order: the setting, the assignments, and last the permission set, whose description
 * is needed until then. May be called at any time and again after any failure; a permission set of that name without the
 * journal is somebody else's and is left alone.
 * @returns whether there was anything to take back
 * @throws OpencxError as the requests do; what is left is still found by the next call
 */
export async function restoreLentAccess(org: Org): Promise<boolean> {
  const leftover = await findLeftover(org);
  if (leftover === undefined) return false;
  if (leftover.settingWas === 'off') await writeSecretSetting(org, false);
  const assignments = await org.query<{ Id: string }>(
    `SELECT Id FROM PermissionSetAssignment WHERE PermissionSetId = ${quoted([leftover.id])}`,
    'looking for lent access',
  );
  for (const { Id } of assignments) {
    await org.rest('DELETE', `/sobjects/PermissionSetAssignment/${Id}`, `unassigning ${temporarySetName}`);
  }
  await org.rest('DELETE', `/sobjects/PermissionSet/${leftover.id}`, `deleting ${temporarySetName}`);
  return true;
}

async function findLeftover(org: Org): Promise<{ id: string; settingWas: string } | undefined> {
  const rows = await org.query<{ Id: string; Description: string | null }>(
    `SELECT Id, Description FROM PermissionSet WHERE Name = ${quoted([temporarySetName])} AND NamespacePrefix = null`,
    'looking for lent access',
  );
  for (const { Id, Description } of rows) {
    const settingWas = journal.exec(Description ?? '')?.[1];
    if (settingWas !== undefined) return { id: Id, settingWas };
  }
  return undefined;
}
