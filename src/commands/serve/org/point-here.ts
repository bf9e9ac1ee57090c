import { OpencxError } from '../../../errors/opencx-error.ts';
import { maskedUrl, setWebhookUrl } from '../../../provision/webhook/webhook-credential.ts';
import type { Terminal } from '../../../terminal/terminal.ts';
import type { CommandContext } from '../../command-context.ts';
import { keepNamedCredential, setBackNamedCredential, type CredentialPlace, type SetBack } from './named-credential.ts';

/** A Named Credential that points at this `serve`. */
export interface PointedHere {
  readonly namedCredential: string;
  /** Where it is set back to, masked. */
  readonly before: string;
  /** That is the address of another `serve`: of another folder or machine, as one of this folder that was killed is known. */
  readonly isOtherServe: boolean;
  /** Sets it back, once; says what came of it. */
  setBack(): Promise<void>;
}

/**
 * Points the Named Credential here until {@link PointedHere.setBack}, or until the command ends.
 * @param url of the webhook, as the org is to call it
 */
export async function pointHere(
  { terminal, onEnd }: Pick<CommandContext, 'terminal' | 'onEnd'>,
  place: CredentialPlace,
  url: string,
): Promise<PointedHere> {
  const before = await keepNamedCredential(place, url);
  let settingBack: Promise<void> | undefined;
  const setBack = (): Promise<void> => (settingBack ??= sayingSo(place, url, terminal));
  // Not after it was set: a failure that leaves open whether it was is a reason to set it back, too.
  onEnd(setBack);
  await setWebhookUrl(place.org, place.name, url);
  return {
    namedCredential: place.name,
    before: maskedUrl(before),
    isOtherServe: before !== url && folderOf(before) === folderOf(url),
    setBack,
  };
}

/** The path of a URL but for its last part, which is the token. */
function folderOf(url: string): string | undefined {
  return URL.parse('.', url)?.pathname;
}

/** A failure here must not hide why `serve` ends: it is said, and what is to be done about it. */
async function sayingSo(place: CredentialPlace, url: string, terminal: Terminal): Promise<void> {
  try {
    const outcome = await setBackNamedCredential(place, url);
    // A program that reads lines asked for it by starting serve; a person wants to see that it was done.
    if (outcome !== undefined && !(terminal.json && outcome.done)) terminal.note(setBackText(outcome));
  } catch (error) {
    const reason = error instanceof OpencxError ? error.message : String(error);
    terminal.note(
      `${place.name} could NOT be set back: ${reason} Until then the org calls this machine. Set it back: opencx-sf serve --restore`,
      true,
    );
  }
}

export function setBackText(outcome: SetBack): string {
  const { name } = outcome;
  if (outcome.done) return `${name} points at ${outcome.to} again, as before.`;
  return outcome.now === undefined
    ? `${name} is not in the org any more: there is nothing to set back.`
    : `${name} was changed by somebody meanwhile (${outcome.now}) and is left as it is.`;
}
