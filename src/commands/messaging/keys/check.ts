import { basename, join, resolve } from 'node:path';

import { writePrivateFile, writePublicFile } from '../../../atomic-files.ts';
import { readSecretFile } from '../../../config/read-secret.ts';
import { exitCodes } from '../../../errors/exit-codes.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import { artefacts, checkKeys, type Artefact, type CheckInput } from '../../../messaging/keys/check/check-keys.ts';
import { checkMetadata } from '../../../messaging/keys/check/check-metadata.ts';
import type { KeyFinding } from '../../../messaging/keys/check/key-finding.ts';
import { keyFiles, readKeyFolder, type KeyFolder } from '../../../messaging/keys/key-folder.ts';
import type { CommandContext } from '../../command-context.ts';
import type { CommandResult } from '../../command-result.ts';
import type { KeysCheckFlags } from './flags.ts';
import { keysFolder } from './folder/keys-folder.ts';
import { readPassphrase } from './passphrase.ts';
import { checkedText } from './present-keys.ts';
import type { KeysCheckResult } from './result-schema.ts';

/** The files to be checked, and where they are. */
interface Checked {
  folder: string | null;
  paths: Record<Artefact, string>;
  input: Pick<CheckInput, 'texts' | 'names' | 'expected' | 'privateKeyMode'>;
  /** The whole folder, unless files were named. */
  present?: KeyFolder;
}

/** `messaging keys check`: whether the files are one key that OpenCX and Salesforce take; `--fix` rewrites files. */
export async function keysCheckHandler(
  context: CommandContext,
  flags: KeysCheckFlags,
): Promise<CommandResult<KeysCheckResult>> {
  const passphrase = await readPassphrase(context, flags);
  const asked = {
    now: context.clock.now(),
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(flags.authKeyId === undefined ? {} : { authKeyId: flags.authKeyId }),
  };
  const checked = await read(context, flags);
  const first = check(checked, asked);
  const fixed = flags.fix === true ? await fix(first.repaired) : [];
  const { findings } = fixed.length === 0 ? first : check(await read(context, flags), asked);
  const result: KeysCheckResult = {
    folder: checked.folder,
    findings,
    fixed,
  };
  const text = checkedText(result, context.terminal.outColour);
  const failed = findings.filter(({ status }) => status === 'fail');
  if (failed.length === 0) return { status: 'ok', exitCode: exitCodes.done, result, warnings: [], text };
  const error = unfit(failed.length, findings.length, checked.folder);
  return { status: 'error', exitCode: error.exitCode, result, warnings: [], text, error };
}

/** A file as it should be. */
interface RepairedFile {
  path: string;
  text: string;
  isPrivate: boolean;
}

/** The files of the key, and in a folder the metadata beside them. */
function check(
  { paths, input, present }: Checked,
  asked: Pick<CheckInput, 'now' | 'passphrase' | 'authKeyId'>,
): { findings: KeyFinding[]; repaired: RepairedFile[] } {
  const keys = checkKeys({ ...asked, ...input });
  const repaired = [...keys.repaired].map(([name, text]) => ({
    path: paths[name],
    text,
    isPrivate: name === 'privateKey',
  }));
  if (present === undefined) return { findings: keys.findings, repaired };
  const metadata = checkMetadata(present);
  const rewritten = [...metadata.repaired].map(([path, text]) => ({
    path: join(present.folder, path),
    text,
    isPrivate: false,
  }));
  return { findings: [...keys.findings, ...metadata.findings], repaired: [...repaired, ...rewritten] };
}

function unfit(failed: number, all: number, folder: string | null): OpencxError {
  return new OpencxError('KEYS_UNFIT', {
    message: `${failed} of ${all} findings about ${folder ?? 'the files'} would keep user verification from working.`,
  });
}

/** Named files, or all four of the folder. @throws OpencxError KEYS_MISSING, MISSING_INPUT */
async function read(context: CommandContext, flags: KeysCheckFlags): Promise<Checked> {
  const named: Record<Artefact, string | undefined> = {
    privateKey: flags.authPrivateKey,
    publicKey: flags.authPublicKey,
    certificate: flags.certificate,
    jwk: flags.jwk,
  };
  const given = artefacts.filter((name) => named[name] !== undefined);
  const folder = keysFolder(context, flags);
  const paths = Object.fromEntries(
    artefacts.map((name) => [
      name,
      named[name] === undefined ? join(folder, keyFiles[name]) : resolve(context.cwd, named[name]),
    ]),
  ) as Record<Artefact, string>;
  if (given.length === 0) {
    const present = await readKeyFolder(folder);
    return { folder, paths, input: inputOf(present), present };
  }
  const texts = await Promise.all(
    given.map(async (name) => [name, await readSecretFile(paths[name], words[name])] as const),
  );
  return { folder: null, paths, input: { texts: Object.fromEntries(texts), names: namesOf(paths), expected: given } };
}

function namesOf(paths: Record<Artefact, string>): CheckInput['names'] {
  return Object.fromEntries(artefacts.map((name) => [name, basename(paths[name])])) as CheckInput['names'];
}

const words: Record<Artefact, string> = {
  privateKey: 'private key',
  publicKey: 'public key',
  certificate: 'certificate',
  jwk: 'JWK',
};

/** @throws OpencxError KEYS_MISSING */
function inputOf({ folder, current }: KeyFolder): Checked['input'] {
  if (current === undefined) {
    throw new OpencxError('KEYS_MISSING', {
      message: `${folder} holds no key.`,
      nextSteps: [
        'opencx-sf messaging keys generate makes one.',
        'Name the folder by --out, or single files (see --help).',
      ],
    });
  }
  const { texts, privateKeyMode } = current;
  // Windows has no such bits.
  const mode = privateKeyMode === undefined || process.platform === 'win32' ? {} : { privateKeyMode };
  return { texts, names: keyFiles, expected: artefacts, ...mode };
}

/** @returns the paths written */
async function fix(repaired: readonly RepairedFile[]): Promise<string[]> {
  for (const { path, text, isPrivate } of repaired) {
    try {
      await (isPrivate ? writePrivateFile : writePublicFile)(path, text);
    } catch (error) {
      throw new OpencxError('OUTPUT_REFUSED', {
        message: `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
        cause: error,
      });
    }
  }
  return repaired.map(({ path }) => path);
}
