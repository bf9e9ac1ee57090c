import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';

import { writeNewPrivateFile } from '../../atomic-files.ts';
import { readSecretFile, readSecretStream } from '../../config/read-secret.ts';
import { exitCodes } from '../../errors/exit-codes.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { isMissingFile } from '../../missing-file.ts';
import { guardProduction } from '../../provision/deploy/production-guard.ts';
import { fingerprintOf } from '../../provision/webhook/webhook-credential.ts';
import { setWebhookSecret } from '../../provision/webhook/webhook-secret.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { consentOf } from '../consent.ts';
import { openTarget } from '../target/open-target.ts';
import type { WebhookSecretFlags } from './flags.ts';
import type { WebhookSecretResult } from './result-schema.ts';
import { webhookSettings } from './webhook-settings.ts';

/** `webhook secret`: puts the secret that signs webhook calls into the org; makes one if the file is not there. */
export async function webhookSecretHandler(
  context: CommandContext,
  flags: WebhookSecretFlags,
): Promise<CommandResult<WebhookSecretResult>> {
  const given = flags.file ?? '';
  const config = await webhookSettings(context, flags);
  const { org } = await openTarget(context, flags, config);
  guardProduction(org.identity, consentOf(flags), 'opencx-sf webhook show changes nothing');
  const { secret, made } = await readOrMake(context, given);
  context.terminal.redactor.addSecret(secret);
  const { webhookSetting: setting } = config.blueprint.names;
  const { changed } = await setWebhookSecret(org, setting, secret);
  const result = { organizationId: org.identity.id, setting, fingerprint: fingerprintOf(secret), changed, made };
  const facts = `${setting} (fingerprint ${result.fingerprint})`;
  const text = [
    changed ? `✓ The secret of the webhook is in ${facts}, read back.` : `✓ unchanged: it is in ${facts} already.`,
    ...(made ? [`  It is new, and kept in ${given}: opencx-sf serve --webhook-secret-file ${given}`] : []),
  ].join('\n');
  const unsigned =
    'Calls are not signed: blueprint.options.webhookSignature is off. Turn it on and run opencx-sf deploy-apex.';
  const warnings = config.blueprint.options.webhookSignature ? [] : [unsigned];
  return { status: 'ok', exitCode: exitCodes.done, result, warnings, text };
}

/** The first line is the secret of now; what follows are those before it, which `serve` still takes. */
async function readOrMake(
  { terminal, cwd }: CommandContext,
  given: string,
): Promise<{ secret: string; made: boolean }> {
  const what = 'secret of the webhook';
  if (given === '-') return { secret: checked(await readSecretStream(terminal.streams.stdin, what)), made: false };
  const file = resolve(cwd, given);
  try {
    return { secret: checked(await readSecretFile(file, what)), made: false };
  } catch (error) {
    if (!(error instanceof OpencxError && isMissingFile(error.cause))) throw error;
  }
  const secret = randomBytes(32).toString('base64url');
  if (await writeNewPrivateFile(file, `${secret}\n`)) return { secret, made: true };
  // Somebody else has made it in the meantime.
  return { secret: checked(await readSecretFile(file, what)), made: false };
}

/** What the field of the custom setting holds, and nobody guesses. */
const [fewest, most] = [20, 255];

/** @throws OpencxError USAGE */
function checked(text: string): string {
  const secret = (text.split('\n')[0] ?? '').trim();
  if (secret.length >= fewest && secret.length <= most && !/\s/.test(secret)) return secret;
  throw new OpencxError('USAGE', {
    message: `The secret of the webhook must have ${fewest} to ${most} characters and no blanks.`,
    nextSteps: ['Give the name of a file that is not there: a secret is made and kept in it.'],
  });
}
