import { webhookContract } from '../../blueprint/webhook-contract.ts';
import { exitCodes } from '../../errors/exit-codes.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { signingSetting } from '../../blueprint/webhook-signature.ts';
import { testWebhook, type WebhookTest } from '../../provision/webhook/test-webhook.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { openTarget } from '../target/open-target.ts';
import type { WebhookFlags } from './flags.ts';
import type { WebhookTestResult } from './result-schema.ts';
import { webhookSettings } from './webhook-settings.ts';

/** `webhook test`: the org itself calls its webhook, and the answer is told. */
export async function webhookTestHandler(
  context: CommandContext,
  flags: WebhookFlags,
): Promise<CommandResult<WebhookTestResult>> {
  const config = await webhookSettings(context, flags);
  const target = await openTarget(context, flags, config);
  const { namedCredential } = config.blueprint.names;
  const { statusCode, ...test } = await testWebhook(
    target.org,
    namedCredential,
    webhookContract(config.blueprint.contract),
    signingSetting(config.blueprint),
  );
  const result = {
    organizationId: target.org.identity.id,
    namedCredential,
    ...test,
    ...(statusCode === undefined ? {} : { statusCode }),
  };
  const answered = statusCode === undefined ? test.detail : `${statusCode} ${test.detail}`.trim();
  if (!test.reached) {
    const error = notReached(namedCredential, answered, { statusCode, ...test });
    return { status: 'error', exitCode: error.exitCode, result, warnings: [], text: '', error };
  }
  const text = `✓ ${target.org.identity.name} called its webhook and was answered ${answered} (delivery ${test.deliveryId}).`;
  return { status: 'ok', exitCode: exitCodes.done, result, warnings: [], text };
}

function notReached(namedCredential: string, answered: string, { statusCode }: WebhookTest): OpencxError {
  const nextSteps =
    statusCode === undefined
      ? [`Check the URL: opencx-sf webhook show tells host and fingerprint, opencx-sf webhook set changes it.`]
      : ['The URL is reached and refuses the call: copy it anew from OpenCX: Settings → Integrations → Salesforce.'];
  return new OpencxError('WEBHOOK_NOT_REACHED', {
    message: `callout:${namedCredential} was answered: ${answered}`,
    nextSteps,
  });
}
