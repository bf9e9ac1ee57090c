import type { Config } from '../../../config/config-schema.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import type { IdentityTokenRequest } from '../../../messaging/identity/identity-token.ts';
import { keyFiles, readKeyFolder, type KeyFolder } from '../../../messaging/keys/key-folder.ts';
import { issuerIn } from '../../../messaging/keys/metadata-files.ts';
import { readJwk } from '../../../messaging/keys/read/read-jwk.ts';
import { isEncrypted, readPrivateKey } from '../../../messaging/keys/read/read-key.ts';
import type { CommandContext } from '../../command-context.ts';
import { keysFolder } from '../keys/folder/keys-folder.ts';
import { readPassphrase } from '../keys/passphrase.ts';
import type { MessagingFlags } from './flags.ts';

/** What identity tokens are signed with; the subject is said by each command. */
export type Signer = Omit<IdentityTokenRequest, 'subject' | 'claims'>;

/** The folder of the keys: of the configuration, else the usual one. */
export function configuredKeysFolder(context: CommandContext, { messaging }: Config): string {
  return keysFolder(context, { out: messaging.keysFolder });
}

/** `iss` as it was given, else as the keyset beside the keys has it. */
export function issuerOf({ messaging }: Config, { metadata }: Pick<KeyFolder, 'metadata'>): string | undefined {
  return messaging.issuer ?? issuerIn(metadata);
}

/**
 * Reads the key that identity tokens are signed with.
 * @throws OpencxError KEYS_MISSING, KEYS_UNFIT, MISSING_INPUT for the issuer or the passphrase
 */
export async function readSigner(context: CommandContext, flags: MessagingFlags, config: Config): Promise<Signer> {
  const passphrase = await readPassphrase(context, flags);
  const present = await readKeyFolder(configuredKeysFolder(context, config));
  const { privateKey, jwk } = present.current?.texts ?? {};
  if (privateKey === undefined || jwk === undefined) {
    const absent = [
      ...(privateKey === undefined ? [keyFiles.privateKey] : []),
      ...(jwk === undefined ? [keyFiles.jwk] : []),
    ];
    throw new OpencxError('KEYS_MISSING', {
      message: `${present.folder} has no ${absent.join(' and no ')}.`,
      nextSteps: ['Name the folder by --keys, or make a key: opencx-sf messaging keys generate'],
    });
  }
  if (passphrase === undefined && isEncrypted(privateKey)) throw noPassphrase();
  const key = readPrivateKey(privateKey, passphrase);
  const registered = readJwk(jwk);
  if (key.problem !== undefined) throw unfit(keyFiles.privateKey, key.problem);
  if (registered.problem !== undefined) throw unfit(keyFiles.jwk, registered.problem);
  const { kid, alg } = registered;
  if (kid === undefined || (alg !== 'RS256' && alg !== 'RS512'))
    throw unfit(keyFiles.jwk, registered.problems.join(' '));
  const issuer = issuerOf(config, present);
  if (issuer === undefined) throw noIssuer();
  return { privateKey: key.key, kid, alg, issuer, lifetimeMs: config.messaging.identityLifetimeMinutes * 60_000 };
}

function unfit(file: string, problem: string): OpencxError {
  return new OpencxError('KEYS_UNFIT', {
    message: `${file} ${problem}`,
    nextSteps: ['opencx-sf messaging keys check tells all about the files.'],
  });
}

function noPassphrase(): OpencxError {
  return new OpencxError('MISSING_INPUT', {
    message: `Missing: the passphrase of ${keyFiles.privateKey}, which is encrypted.`,
    details: { missing: ['--passphrase-file'] },
    nextSteps: ['Give it by --passphrase-file, --passphrase-stdin or OPENCX_SF_PRIVATE_KEY_PASSPHRASE.'],
  });
}

function noIssuer(): OpencxError {
  return new OpencxError('MISSING_INPUT', {
    message: 'Missing: --issuer. A token needs an "iss", and it must be the issuer of the keyset in Salesforce.',
    details: { missing: ['--issuer'] },
    nextSteps: [
      'Give --issuer, set OPENCX_SF_ISSUER, or write messaging.issuer into opencx-sf.config.json.',
      'Ask OpenCX what it puts there: its page does not name it.',
    ],
  });
}
