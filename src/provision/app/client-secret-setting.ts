import { OpencxError } from '../../errors/opencx-error.ts';
import type { Org } from '../../salesforce/org.ts';

/** Lets the Connect REST API tell consumer secrets; since 62.0 (Metadata API guide, ExternalClientAppSettings). */
const element = 'enableClientSecretInRestApiAccess';
const since = 62;
const type = 'ExternalClientAppSettings';
const member = 'ExternalClientApp';

/**
 * Whether the org lets its REST API tell consumer secrets.
 * @returns undefined where the org does not know the setting
 * @throws OpencxError as the request does
 */
export async function readSecretSetting(org: Org): Promise<boolean | undefined> {
  const values = await readSettings(org);
  const value = values?.[element];
  // SOAP gives texts, the Tooling API what it means.
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : undefined;
}

/**
 * Sets it, unless it is so already, and reads it back. Other settings stay as they are.
 * @throws OpencxError READ_BACK_FAILED if the org says otherwise afterwards, and as the requests do
 */
export async function writeSecretSetting(org: Org, on: boolean): Promise<void> {
  if ((await readSecretSetting(org)) === on) return;
  await writeSettings(org, { [element]: on });
  if ((await readSecretSetting(org)) === on) return;
  throw new OpencxError('READ_BACK_FAILED', {
    message: `${type}.${element} was set to ${on}, but the org says otherwise.`,
    nextSteps: ['Set it by hand: Setup → External Client App Settings.'],
  });
}

async function readSettings(org: Org): Promise<Record<string, unknown> | undefined> {
  if (org.hasOpaqueToken()) return await org.readMetadata(type, member, `reading ${type}`);
  return (await settingsRow(org))?.Metadata ?? undefined;
}

/** SOAP refuses tokens in JWT format; the Tooling API takes them. */
async function writeSettings(org: Org, values: Record<string, unknown>): Promise<void> {
  const doing = `changing ${type}`;
  if (org.hasOpaqueToken()) {
    await org.saveMetadata('update', type, { fullName: member, ...values }, doing, since);
    return;
  }
  const row = await settingsRow(org);
  await org.rest('PATCH', `/tooling/sobjects/${type}/${row?.Id ?? ''}`, doing, { Metadata: values });
}

async function settingsRow(org: Org): Promise<{ Id: string; Metadata: Record<string, unknown> | null } | undefined> {
  const rows = await org.toolingQuery<{ Id: string; Metadata: Record<string, unknown> | null }>(
    `SELECT Id, Metadata FROM ${type} LIMIT 1`,
    `reading ${type}`,
  );
  return rows[0];
}
