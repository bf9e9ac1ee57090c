import { join } from 'node:path';

import { exitCodes } from '../../../../errors/exit-codes.ts';
import { describeCertificate } from '../../../../messaging/keys/describe-key.ts';
import type { MadeKey } from '../../../../messaging/keys/make-key.ts';
import { bitsOf } from '../../../../messaging/keys/read/read-key.ts';
import type { CommandContext } from '../../../command-context.ts';
import type { CommandResult } from '../../../command-result.ts';
import { madeText } from './present-made.ts';
import type { KeysGenerateResult } from '../result-schema.ts';
import { purposeOf } from './purposes.ts';

interface Made {
  folder: string;
  made: MadeKey;
  issuer: string | undefined;
  encrypted: boolean;
  now: number;
}

/** A new key as the result of a command; of the private key there is the path of its file. */
export function madeKeyResult({ folder, made, issuer, encrypted, now }: Made): KeysGenerateResult {
  const { jwk, certificate, fingerprint, files } = made;
  return {
    folder,
    kid: jwk.kid,
    algorithm: jwk.alg,
    bits: bitsOf(certificate.publicKey),
    fingerprint,
    certificate: describeCertificate(certificate, now),
    encrypted,
    issuer: issuer ?? null,
    files: [...files.keys()].map((path) => ({ path: join(folder, path), purpose: purposeOf(path) })),
  };
}

/** The end of every command that makes a key. */
export function madeKeyAnswer(
  { terminal }: CommandContext,
  result: KeysGenerateResult,
): CommandResult<KeysGenerateResult> {
  const text = madeText(result, terminal.outColour, terminal.outColumns);
  return { status: 'ok', exitCode: exitCodes.done, result, warnings: newKeyWarnings(result), text };
}

/** What is open or unproven about a new key, and must be known before it is used. */
function newKeyWarnings({ bits, issuer, encrypted }: KeysGenerateResult): string[] {
  return [
    ...(issuer === null
      ? [
          'The issuer is open: a keyset in Salesforce needs the "iss" of the tokens, and the OpenCX page does not name it. Ask OpenCX; --issuer then writes the keyset as metadata.',
        ]
      : []),
    ...(encrypted
      ? [
          'private-key.pem is encrypted, while OpenCX asks for BEGIN PRIVATE KEY: paste what `openssl pkey -in private-key.pem` prints, and keep that in no file.',
        ]
      : []),
    ...(bits > 2048
      ? [`Salesforce's own examples have 2048 bits; whether it takes a key of ${bits} is not documented.`]
      : []),
  ];
}
