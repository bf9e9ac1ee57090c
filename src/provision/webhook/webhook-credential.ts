import { createHash } from 'node:crypto';

import { OpencxError } from '../../errors/opencx-error.ts';
import type { Org } from '../../salesforce/org.ts';
import { quoted } from '../org/soql-literal.ts';

/** The Named Credential that holds the webhook URL, as the org has it. */
export interface WebhookCredential {
  id: string;
  name: string;
  /** `legacy`: the URL is its endpoint; `external`: it is a parameter. */
  model: 'legacy' | 'external';
  /** The URL; a capability, to be shown masked. */
  url: string;
  metadata: Record<string, unknown>;
}

interface Parameter {
  parameterType?: string;
  parameterValue?: string;
}

/**
 * Reads the Named Credential of a name (one request).
 * @throws OpencxError NOT_INSTALLED if the org has none of that name
 */
export async function readWebhookCredential(org: Org, name: string): Promise<WebhookCredential> {
  const soql = `SELECT Id, Metadata FROM NamedCredential WHERE DeveloperName = ${quoted([name])} AND NamespacePrefix = null`;
  const rows = await org.toolingQuery<{ Id: string; Metadata: Record<string, unknown> }>(soql, `reading ${name}`);
  const row = rows[0];
  if (row === undefined) {
    throw new OpencxError('NOT_INSTALLED', {
      message: `${org.identity.name} has no Named Credential ${name}.`,
      nextSteps: ['opencx-sf deploy-apex puts it there; blueprint.names.namedCredential names another one.'],
    });
  }
  const model = typeof row.Metadata['endpoint'] === 'string' ? 'legacy' : 'external';
  return { id: row.Id, name, model, url: webhookUrlIn(row.Metadata) ?? '', metadata: row.Metadata };
}

/** The URL in the metadata of a Named Credential of either model; undefined if it has none. */
export function webhookUrlIn(metadata: Record<string, unknown>): string | undefined {
  const { endpoint } = metadata;
  const url =
    typeof endpoint === 'string'
      ? endpoint
      : parametersOf(metadata).find((one) => one.parameterType === 'Url')?.parameterValue;
  return url === '' ? undefined : url;
}

function parametersOf(metadata: Record<string, unknown>): Parameter[] {
  const { namedCredentialParameters } = metadata;
  return [namedCredentialParameters ?? []].flat() as Parameter[];
}

/** The credential's metadata with another URL and nothing else changed. */
function withUrl(credential: WebhookCredential, url: string): Record<string, unknown> {
  if (credential.model === 'legacy') return { ...credential.metadata, endpoint: url };
  const namedCredentialParameters = parametersOf(credential.metadata).map((one) =>
    one.parameterType === 'Url' ? { ...one, parameterValue: url } : one,
  );
  return { ...credential.metadata, namedCredentialParameters };
}

/**
 * Sets the webhook URL and reads it back; sends nothing when the org has it already.
 * @returns the URL that was there before
 * @throws OpencxError READ_BACK_FAILED if the org says otherwise afterwards
 */
export async function setWebhookUrl(org: Org, name: string, url: string): Promise<{ before: string }> {
  const credential = await readWebhookCredential(org, name);
  if (credential.url === url) return { before: url };
  await org.rest('PATCH', `/tooling/sobjects/NamedCredential/${credential.id}`, `setting the URL of ${name}`, {
    Metadata: withUrl(credential, url),
  });
  const after = await readWebhookCredential(org, name);
  if (after.url !== url) {
    throw new OpencxError('READ_BACK_FAILED', {
      message: `${name} was set, but the org still has another URL (fingerprint ${fingerprintOf(after.url)}).`,
      nextSteps: [`Set it by hand: Setup → Named Credentials → ${name}, then opencx-sf webhook show.`],
    });
  }
  return { before: credential.url };
}

/** Enough of a URL to know it again: who knows all of it may post to it. */
export function maskedUrl(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? '…' : `${parsed.protocol}//${parsed.host}/…`;
}

/** Twelve hexadecimal digits by which two people can tell whether they mean the same URL. */
export function fingerprintOf(url: string): string {
  return createHash('sha256').update(url).digest('hex').slice(0, 12);
}
