import { OpencxError } from '../../../errors/opencx-error.ts';
import { maskedUrl, readWebhookCredential, setWebhookUrl } from '../../../provision/webhook/webhook-credential.ts';
import type { Org } from '../../../salesforce/org.ts';
import { forgetOriginal, keepOriginal, originalOf, type Original } from './originals.ts';

export interface CredentialPlace {
  readonly org: Org;
  /** Name of the Named Credential. */
  readonly name: string;
  /** Where originals are kept. */
  readonly folder: string;
}

/** What became of the Named Credential when it was to be set back; URLs are masked. */
export type SetBack = { readonly name: string } & (
  | { readonly done: true; readonly to: string }
  /** Somebody has put another URL there meanwhile, which stays; undefined: somebody has deleted it. */
  | { readonly done: false; readonly now: string | undefined }
);

/**
 * Keeps on disk what stands in the Named Credential of an org, so that it can be set back even after this process was killed; what
 * a process that was killed has left there counts as ours, not as the original.
 * @param url of the webhook that is put there next; a secret
 * @returns the URL that it is set back to; a secret
 * @throws OpencxError NOT_INSTALLED · SERVE_UNAVAILABLE if one of another name was left · and those of the org
 */
export async function keepNamedCredential({ org, name, folder }: CredentialPlace, url: string): Promise<string> {
  const { id: organizationId, name: organizationName } = org.identity;
  const left = await originalOf(folder, organizationId);
  if (left !== undefined && left.namedCredential !== name) throw leftBehind(left, name);
  const credential = await readWebhookCredential(org, name);
  const isLeft = left?.ours.includes(credential.url) === true;
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
  const { namedCredential: name } = original;
  const url = await urlOf(org, name);
  if (url === undefined) {
    await forgetOriginal(folder, original);
    return { name, done: false, now: undefined };
  }
  if (mine !== undefined && original.ours.at(-1) !== mine) return { name, done: false, now: maskedUrl(url) };
  const isOurs = original.ours.includes(url);
  // It may have been killed before it changed anything.
  if (isOurs) await setWebhookUrl(org, name, original.before);
  await forgetOriginal(folder, original);
  if (isOurs || url === original.before) return { name, done: true, to: maskedUrl(original.before) };
  return { name, done: false, now: maskedUrl(url) };
}

/** Undefined if the org has no Named Credential of that name any more. */
async function urlOf(org: Org, name: string): Promise<string | undefined> {
  try {
    return (await readWebhookCredential(org, name)).url;
  } catch (error) {
    if (error instanceof OpencxError && error.code === 'NOT_INSTALLED') return undefined;
    throw error;
  }
}

/** There is one note of an org: a second name would take the place of the first, which nobody would set back. */
function leftBehind({ namedCredential, organizationName }: Original, name: string): OpencxError {
  return new OpencxError('SERVE_UNAVAILABLE', {
    message: `${namedCredential} of ${organizationName} still points at another serve of this folder, while the configuration names ${name} now.`,
    nextSteps: ['End that serve; if it was killed: opencx-sf serve --restore'],
  });
}
