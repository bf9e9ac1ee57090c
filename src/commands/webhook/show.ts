import { exitCodes } from '../../errors/exit-codes.ts';
import { fingerprintOf, maskedUrl, readWebhookCredential } from '../../provision/webhook/webhook-credential.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { openTarget } from '../target/open-target.ts';
import type { WebhookFlags } from './flags.ts';
import type { WebhookShowResult } from './result-schema.ts';
import { webhookSettings } from './webhook-settings.ts';

/** `webhook show`: where the org's events go, without giving the URL away. */
export async function webhookShowHandler(
  context: CommandContext,
  flags: WebhookFlags,
): Promise<CommandResult<WebhookShowResult>> {
  const config = await webhookSettings(context, flags);
  const target = await openTarget(context, flags, config);
  const { namedCredential } = config.blueprint.names;
  const { url, model } = await readWebhookCredential(target.org, namedCredential);
  const result = {
    organizationId: target.org.identity.id,
    namedCredential,
    url: maskedUrl(url),
    fingerprint: fingerprintOf(url),
    model,
  };
  const text = `${namedCredential}  ${result.url}  fingerprint ${result.fingerprint}`;
  return { status: 'ok', exitCode: exitCodes.done, result, warnings: [], text };
}
