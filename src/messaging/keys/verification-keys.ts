import type { VerificationKey } from '../../blueprint/messaging/render-verification-keys.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import type { KeyFolder } from './key-folder.ts';
import { verificationKey } from './metadata-files.ts';
import { reusableJwk } from './read/read-jwk.ts';

/**
 * The public keys of a folder as an org is given them, the present one first, those it replaced after it.
 * @returns none where the folder holds no key
 * @throws OpencxError KEYS_UNFIT if the present key has no JWK that Salesforce would take
 */
export function verificationKeys({ folder, current, old }: KeyFolder): VerificationKey[] {
  if (current === undefined) return [];
  const present = reusableJwk(current.texts.jwk);
  if (present === undefined) {
    throw new OpencxError('KEYS_UNFIT', {
      message: `jwk.json of ${folder} is missing or not as it should be; nothing was written to the org.`,
      nextSteps: ['opencx-sf messaging keys check tells what is wrong.'],
    });
  }
  return [present, ...old.flatMap(({ texts }) => reusableJwk(texts.jwk) ?? [])].map(verificationKey);
}
