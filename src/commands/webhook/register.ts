import type { Command } from 'commander';

import { addCommonOptions } from '../common-options.ts';
import { addConsentOptions } from '../consent.ts';
import { runs } from '../run-command.ts';
import { runsWith } from '../runs-with.ts';
import { addTargetOptions } from '../target/target-options.ts';
import type { WebhookFlags, WebhookSecretFlags, WebhookSetFlags } from './flags.ts';

export function registerWebhook(program: Command): void {
  const webhook = program.command('webhook').description('The URL that Salesforce sends its events to');

  addCommonOptions(
    addTargetOptions(
      webhook.command('show').description('Tell where events go: the host, and a fingerprint of the URL'),
    ),
  ).action(runs<WebhookFlags>(async () => (await import('./show.ts')).webhookShowHandler));

  addCommonOptions(
    addTargetOptions(
      addConsentOptions(
        webhook
          .command('set')
          .description('Change the URL of the Named Credential, and nothing else; read it back')
          .argument('[url]', 'webhook URL that OpenCX shows; - for stdin (or set OPENCX_SF_WEBHOOK_URL)'),
      ),
    ),
  ).action(runsWith<WebhookSetFlags>('url', async () => (await import('./set.ts')).webhookSetHandler));

  addCommonOptions(
    addTargetOptions(
      addConsentOptions(
        webhook
          .command('secret')
          .description('Put the secret that signs webhook calls into the org (blueprint.options.webhookSignature)')
          .argument('<file>', 'file whose first line is the secret, made if it is not there; - for stdin'),
      ),
    ),
  ).action(runsWith<WebhookSecretFlags>('file', async () => (await import('./secret.ts')).webhookSecretHandler));

  addCommonOptions(
    addTargetOptions(
      webhook
        .command('test')
        .description('Let the org send a test event to its webhook, and tell what it was answered'),
    ),
  ).action(runs<WebhookFlags>(async () => (await import('./test.ts')).webhookTestHandler));
}
