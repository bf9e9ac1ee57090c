import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createSecureContext } from 'node:tls';

import { readSecretFile } from '../../../config/read-secret.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import type { CommandContext } from '../../command-context.ts';
import type { ServeFlags } from '../flags.ts';
import { serveFolder } from '../store-place.ts';
import type { ServeWish } from '../wish/serve-wish.ts';
import { keptToken } from './kept-token.ts';

/** What lets others in, and `serve` in elsewhere. */
export interface ServeSecrets {
  /** Last part of the webhook's path. */
  readonly webhook: string;
  readonly api: string;
  readonly apiTokenFile: string;
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  /** What webhooks are signed with: one, or two while it is changed; empty: signatures are not asked for. */
  readonly signing: readonly string[];
  readonly opencxApiKey: string | undefined;
}

/** Reads or makes all of them; none is shown by anything from here on. @throws OpencxError USAGE, MISSING_INPUT */
export async function serveSecrets(
  context: CommandContext,
  flags: ServeFlags,
  { tls }: ServeWish,
): Promise<ServeSecrets> {
  const { cwd, env, terminal } = context;
  const folder = serveFolder(cwd);
  const apiTokenFile = resolve(cwd, flags.apiTokenFile ?? join(folder, 'api-token'));
  const secrets: ServeSecrets = {
    webhook: await keptToken(resolve(cwd, flags.tokenFile ?? join(folder, 'token')), 'the webhook URL changes'),
    api: await keptToken(apiTokenFile, 'callers of /v1 need that one'),
    apiTokenFile,
    tls: tls === undefined ? undefined : await certificate(tls),
    signing: flags.webhookSecretFile === undefined ? [] : await signingSecrets(resolve(cwd, flags.webhookSecretFile)),
    opencxApiKey: await opencxApiKey(cwd, flags, env),
  };
  const { webhook, api, signing, opencxApiKey: key } = secrets;
  for (const secret of [webhook, api, ...signing, key]) terminal.redactor.addSecret(secret);
  return secrets;
}

/** What webhooks are signed with, one a line. @throws OpencxError MISSING_INPUT if there is none */
export async function signingSecrets(file: string): Promise<string[]> {
  const secrets = (await readSecretFile(file, 'secret of the webhooks')).split('\n').map((line) => line.trim());
  const given = secrets.filter((secret) => secret !== '');
  if (given.length > 0) return given;
  throw new OpencxError('MISSING_INPUT', {
    message: `The secret of the webhooks was to be read from ${file}, which is empty.`,
    nextSteps: ['opencx-sf webhook secret makes one, and puts it into the org.'],
  });
}

async function opencxApiKey(cwd: string, flags: ServeFlags, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const { opencxApiKeyFile: file } = flags;
  const key = (
    file === undefined ? env['OPENCX_API_KEY'] : await readSecretFile(resolve(cwd, file), 'API key')
  )?.trim();
  return key === '' ? undefined : key;
}

/** @throws OpencxError USAGE if they cannot be read, or do not fit together */
async function certificate(files: { readonly cert: string; readonly key: string }): Promise<ServeSecrets['tls']> {
  const tls = { cert: await pem(files.cert, 'CERTIFICATE'), key: await pem(files.key, 'KEY') };
  try {
    createSecureContext(tls);
    return tls;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new OpencxError('USAGE', {
      message: `${files.cert} and ${files.key} cannot be used as a certificate and its key: ${why}`,
      cause: error,
    });
  }
}

async function pem(file: string, kind: 'CERTIFICATE' | 'KEY'): Promise<string> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new OpencxError('USAGE', {
      message: `${file} could not be read: ${error instanceof Error ? error.message : String(error)}`,
      cause: error,
    });
  }
  if (new RegExp(`-----BEGIN (?:[A-Z]+ )*${kind}-----`).test(text)) return text;
  throw new OpencxError('USAGE', {
    message: `${file} is no ${kind === 'KEY' ? 'private key' : 'certificate'} in PEM.`,
  });
}
