import type { BlueprintSettings } from '../../../config/blueprint-settings.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import { fingerprintOf } from '../../../provision/webhook/webhook-credential.ts';
import { readWebhookSecret } from '../../../provision/webhook/webhook-secret.ts';
import type { Org } from '../../../salesforce/org.ts';

const how = 'opencx-sf webhook secret <file> puts the one of a file there.';

/**
 * Whether webhooks of this org will be refused, as it signs them with another secret than is asked for here, or not at all. The
 * org is asked, since what it was deployed with may be older than the configuration.
 * @param signing secrets that are taken; empty: no signature is asked for
 */
export async function signingWarnings(
  org: Org,
  { names }: Pick<BlueprintSettings, 'names'>,
  signing: readonly string[],
): Promise<string[]> {
  if (signing.length === 0) return [];
  const setting = names.webhookSetting;
  try {
    const secret = await readWebhookSecret(org, setting);
    if (secret !== undefined && signing.includes(secret)) return [];
    const what =
      secret === undefined
        ? `${setting} of the org holds no secret: its webhooks are not signed, and are refused (401).`
        : `The org signs webhooks with another secret (fingerprint ${fingerprintOf(secret)}) than --webhook-secret-file has (${signing.map(fingerprintOf).join(', ')}): they are refused (401).`;
    return [`${what} ${how}`];
  } catch (error) {
    if (!(error instanceof OpencxError)) throw error;
    const steps = error.code === 'NOT_INSTALLED' ? error.nextSteps : [];
    const what = `Whether the org signs webhooks, as --webhook-secret-file asks, is not known: ${error.message}`;
    return [[what, ...steps].join(' ')];
  }
}
