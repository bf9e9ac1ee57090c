import { OpencxError } from '../../../errors/opencx-error.ts';
import { missingFrom } from '../../../salesforce/metadata/metadata-xml.ts';
import type { Org } from '../../../salesforce/org.ts';
import type { Change, SettingsType } from '../plan/change.ts';
import type { ChangeContext } from './change-context.ts';

type SettingsChange = Extract<Change, { kind: 'settings' }>;

/** Members of the metadata type `Settings`, by the names that SOAP and the Tooling API have for them. */
const members: Record<SettingsType, string> = {
  CaseSettings: 'Case',
  EmailAuthorizationSettings: 'EmailAuthorization',
};

/** Elements of these settings that came with a later release than the components are written for. */
const newestElements: Partial<Record<SettingsType, number>> = { CaseSettings: 67 };

/** Changes the named elements and no others, and reads them back. */
export async function changeSettings(context: ChangeContext, change: SettingsChange): Promise<void> {
  const { org, journal } = context;
  const { type, before } = change;
  if (!journal.before.some((one) => one.kind === 'settings' && one.type === type)) {
    journal.before.push({ kind: 'settings', type, values: before });
    await context.keepJournal();
  }
  await writeSettings(org, type, change.values);
  const now = await readSettings(org, type);
  const missing = missingFrom(now, change.values);
  if (missing.length === 0) return;
  throw new OpencxError('READ_BACK_FAILED', {
    message: `${type} was changed, but the org does not hold ${missing.join(', ')} as it was given.`,
    nextSteps: ['opencx-sf plan shows what the org holds now.'],
  });
}

/**
 * Writes settings: by SOAP where the session can speak it, as Salesforce's own recipe does, otherwise by the `Metadata` of
 * the Tooling API. Only what is given is written; the platform checks every element it is sent.
 */
export async function writeSettings(org: Org, type: SettingsType, values: Record<string, unknown>): Promise<void> {
  const doing = `changing ${type}`;
  if (org.hasOpaqueToken()) {
    const newest = newestElements[type];
    await org.saveMetadata('update', type, { fullName: members[type], ...values }, doing, newest);
    return;
  }
  const { id } = await settingsRow(org, type);
  await org.rest('PATCH', `/tooling/sobjects/${type}/${id}`, doing, { Metadata: values });
}

/** Settings as they stand, as plain data. */
export async function readSettings(org: Org, type: SettingsType): Promise<Record<string, unknown>> {
  if (org.hasOpaqueToken()) return (await org.readMetadata(type, members[type], `reading ${type}`)) ?? {};
  return (await settingsRow(org, type)).values;
}

async function settingsRow(org: Org, type: SettingsType): Promise<{ id: string; values: Record<string, unknown> }> {
  const rows = await org.toolingQuery<{ Id: string; Metadata: Record<string, unknown> | null }>(
    `SELECT Id, Metadata FROM ${type} LIMIT 1`,
    `reading ${type}`,
  );
  const row = rows[0];
  if (row !== undefined) return { id: row.Id, values: row.Metadata ?? {} };
  throw new OpencxError('ORG_UNEXPECTED_ANSWER', { message: `The org has no ${type}.` });
}
