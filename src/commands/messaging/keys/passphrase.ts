import { resolve } from 'node:path';

import { readSecretFile, readSecretStream } from '../../../config/read-secret.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import type { CommandContext } from '../../command-context.ts';
import type { PassphraseFlags } from './flags.ts';

/** Shorter ones are found by trying. */
const shortest = 8;

/**
 * The passphrase of the private key: from a file, stdin or the environment, never from the command line, which others can see.
 * @throws OpencxError MISSING_INPUT
 */
export async function readPassphrase(context: CommandContext, flags: PassphraseFlags): Promise<string | undefined> {
  const passphrase = await given(context, flags);
  context.terminal.redactor.addSecret(passphrase);
  return passphrase;
}

async function given(context: CommandContext, flags: PassphraseFlags): Promise<string | undefined> {
  if (flags.passphraseStdin === true) return await readSecretStream(context.terminal.streams.stdin, 'passphrase');
  if (flags.passphraseFile === undefined) return context.env['OPENCX_SF_PRIVATE_KEY_PASSPHRASE'];
  const path = resolve(context.cwd, flags.passphraseFile);
  const passphrase = (await readSecretFile(path, 'passphrase')).trim();
  if (passphrase !== '') return passphrase;
  throw new OpencxError('MISSING_INPUT', { message: `The passphrase was to be read from ${path}, which is empty.` });
}

/** For a key that is made: one that is worth having. @throws OpencxError USAGE */
export async function newPassphrase(context: CommandContext, flags: PassphraseFlags): Promise<string | undefined> {
  const passphrase = await readPassphrase(context, flags);
  if (passphrase === undefined || passphrase.length >= shortest) return passphrase;
  throw new OpencxError('USAGE', {
    message: `The passphrase has fewer than ${shortest} characters; such a key is as good as not encrypted.`,
  });
}
