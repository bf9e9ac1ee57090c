import { OpencxError } from '../../errors/opencx-error.ts';
import type { Org } from '../../salesforce/org.ts';
import { quoted } from '../org/soql-literal.ts';

interface SettingRow {
  readonly Id: string;
  readonly Secret__c: string | null;
}

/**
 * Puts the secret that signs webhook calls into the org's custom setting, and reads it back; nothing is written when the org has
 * it already. Custom settings are written like records (object reference, "Custom Settings").
 * @param setting API name of the custom setting
 * @returns whether it was another one before
 * @throws OpencxError NOT_INSTALLED if the org has no such setting · READ_BACK_FAILED if it says otherwise afterwards
 */
export async function setWebhookSecret(org: Org, setting: string, secret: string): Promise<{ changed: boolean }> {
  const before = await readSetting(org, setting);
  if (before?.Secret__c === secret) return { changed: false };
  const doing = `writing the secret of the webhook into ${setting}`;
  if (before === undefined) {
    const values = { SetupOwnerId: org.identity.id, Secret__c: secret };
    await org.rest('POST', `/sobjects/${setting}`, doing, values);
  } else {
    await org.rest('PATCH', `/sobjects/${setting}/${before.Id}`, doing, { Secret__c: secret });
  }
  const after = await readSetting(org, setting);
  if (after?.Secret__c === secret) return { changed: true };
  throw new OpencxError('READ_BACK_FAILED', {
    message: `${setting} was written, but the org still has another secret there.`,
    nextSteps: [`Look at it: Setup → Custom Settings → ${setting} → Manage; then run the command again.`],
  });
}

/**
 * The secret that the org's Apex signs webhook calls with; undefined if it has none, so that its calls go unsigned.
 * @param setting API name of the custom setting
 * @throws OpencxError NOT_INSTALLED if the org has no such setting, or this user may not see it
 */
export async function readWebhookSecret(org: Org, setting: string): Promise<string | undefined> {
  const secret = (await readSetting(org, setting))?.Secret__c ?? '';
  return secret.trim() === '' ? undefined : secret;
}

async function readSetting(org: Org, setting: string): Promise<SettingRow | undefined> {
  const soql = `SELECT Id, Secret__c FROM ${setting} WHERE SetupOwnerId = ${quoted([org.identity.id])}`;
  try {
    const [row] = await org.query<SettingRow>(soql, `reading ${setting}`);
    return row;
  } catch (error) {
    if (!(error instanceof OpencxError) || error.details?.['salesforceErrorCode'] !== 'INVALID_TYPE') throw error;
    throw new OpencxError('NOT_INSTALLED', {
      message: `${org.identity.name} has no custom setting ${setting}, or this user may not see it.`,
      nextSteps: ['Set blueprint.options.webhookSignature in the configuration, then run opencx-sf deploy-apex.'],
      cause: error,
    });
  }
}
