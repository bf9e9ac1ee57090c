import { webhookUrlProblem } from '../../blueprint/validation/addresses.ts';
import { readSecretStream } from '../../config/read-secret.ts';
import { exitCodes } from '../../errors/exit-codes.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { guardProduction } from '../../provision/deploy/production-guard.ts';
import { fingerprintOf, maskedUrl, setWebhookUrl } from '../../provision/webhook/webhook-credential.ts';
import type { CommandContext } from '../command-context.ts';
import { consentOf } from '../consent.ts';
import type { CommandResult } from '../command-result.ts';
import { openTarget } from '../target/open-target.ts';
import type { WebhookSetFlags } from './flags.ts';
import type { WebhookSetResult } from './result-schema.ts';
import { webhookSettings } from './webhook-settings.ts';

/** `webhook set`: changes the URL of the Named Credential, that alone, and reads it back. */
export async function webhookSetHandler(
  context: CommandContext,
  flags: WebhookSetFlags,
): Promise<CommandResult<WebhookSetResult>> {
  const given = flags.url === '-' ? await readSecretStream(context.terminal.streams.stdin, 'webhook URL') : flags.url;
  const config = await webhookSettings(context, flags);
  const url = checkedUrl((given ?? context.env['OPENCX_SF_WEBHOOK_URL'] ?? config.blueprint.webhookUrl)?.trim());
  context.terminal.redactor.addSecret(url);
  const { org } = await openTarget(context, flags, config);
  guardProduction(org.identity, consentOf(flags), 'opencx-sf webhook show changes nothing');
  const { namedCredential } = config.blueprint.names;
  const { before } = await setWebhookUrl(org, namedCredential, url);
  const result = {
    organizationId: org.identity.id,
    namedCredential,
    url: maskedUrl(url),
    fingerprint: fingerprintOf(url),
    changed: before !== url,
  };
  const text = result.changed
    ? `✓ ${namedCredential} now has ${result.url} (fingerprint ${result.fingerprint}; before: ${fingerprintOf(before)}), read back.`
    : `✓ unchanged: ${namedCredential} already has ${result.url} (fingerprint ${result.fingerprint}).`;
  return { status: 'ok', exitCode: exitCodes.done, result, warnings: [], text };
}

/** @throws OpencxError MISSING_INPUT, BLUEPRINT_INVALID */
function checkedUrl(url: string | undefined): string {
  if (url === undefined || url === '') {
    throw new OpencxError('MISSING_INPUT', {
      message: 'Missing: the webhook URL.',
      details: { missing: ['url'] },
      nextSteps: ['Give it as the argument, - to read it from stdin, or set OPENCX_SF_WEBHOOK_URL.'],
    });
  }
  const problem = webhookUrlProblem(url);
  if (problem === undefined) return url;
  throw new OpencxError('BLUEPRINT_INVALID', {
    message: `The webhook URL cannot be used: ${problem}.`,
    nextSteps: ['Copy the webhook URL from OpenCX: Settings → Integrations → Salesforce.'],
  });
}
