import { maskedUrl, readWebhookCredential, setWebhookUrl } from '../../../provision/webhook/webhook-credential.ts';
import type { Org } from '../../../salesforce/org.ts';
import { forgetOriginal, keepOriginal, originalOf } from './originals.ts';

export interface CredentialPlace {
  readonly org: Org;
  /** Name of the Named Credential. */
  readonly name: string;
  /** Where originals are kept. */
  readonly folder: string;
}

/** What became of the Named Credential when it was to be set back; URLs are masked. */
export type SetBack =
  | { readonly done: true; readonly to: string }
  /** Somebody has put another URL there meanwhile, which stays. */
  | { readonly done: false; readonly now: string };

/**
 * Keeps on disk what stands in the Named Credential of an org, so that it can be set back even after this process was killed; what
 * a process that was killed has left there counts as ours, not as the original.
 * @param url of the webhook that is put there next; a secret
 * @returns the URL that it is set back to; a secret
 * @throws OpencxError NOT_INSTALLED, and those of the org
 */
export async function keepNamedCredential({ org, name, folder }: CredentialPlace, url: string): Promise<string> {
  const { id: organizationId, name: organizationName } = org.identity;
  const left = await originalOf(folder, organizationId);
  const credential = await readWebhookCredential(org, name);
  const isLeft = left !== undefined && left.namedCredential === name && left.ours.includes(credential.url);
  const before = isLeft ? left.before : credential.url;
  // Until the org has the new one, what was left stands there, and is still ours.
  const ours = isLeft ? [credential.url, url] : [url];
  await keepOriginal(folder, { organizationId, organizationName, namedCredential: name, before, ours });
  return before;
}

/**
 * Sets the Named Credential back to what stood there before `serve`, unless somebody has changed it meanwhile.
 * @param mine URL of the `serve` that ends: where another one of this folder has taken its place, that one sets it back
 * @returns undefined if there is nothing to set back
 * @throws OpencxError those of the org: then the original is kept, and the next run or `--restore` sets it back
 */
export async function setBackNamedCredential(
  { org, folder }: Omit<CredentialPlace, 'name'>,
  mine?: string,
): Promise<SetBack | undefined> {
  const original = await originalOf(folder, org.identity.id);
  if (original === undefined) return undefined;
  const { url } = await readWebhookCredential(org, original.namedCredential);
  if (mine !== undefined && original.ours.at(-1) !== mine) return { done: false, now: maskedUrl(url) };
  const isOurs = original.ours.includes(url);
  // It may have been killed before it changed anything.
  if (isOurs) await setWebhookUrl(org, original.namedCredential, original.before);
  await forgetOriginal(folder, original);
  if (isOurs || url === original.before) return { done: true, to: maskedUrl(original.before) };
  return { done: false, now: maskedUrl(url) };
}
