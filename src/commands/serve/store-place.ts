import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { OpencxError } from '../../errors/opencx-error.ts';
import type { HandoffStore } from '../../handoff/store/handoff-store.ts';
import type { SealingKey } from '../../handoff/store/postgres/database/sealing-key.ts';
import { isMissingFile } from '../../missing-file.ts';
import type { CommandContext } from '../command-context.ts';
import { prepareStateFolder, stateFolder } from '../state-folder.ts';
import type { StoreFlags } from './flags.ts';
import { keychainFor } from './secrets/keychain.ts';
import { storeKey } from './secrets/store-key.ts';

/** Where `serve` keeps what belongs to it. */
export function serveFolder(cwd: string): string {
  return join(stateFolder(cwd), 'serve');
}

/** Where fixtures are that a person has saved. */
export function fixturesFolder(cwd: string): string {
  return join(serveFolder(cwd), 'fixtures');
}

/** The store that is meant. */
export interface StorePlace {
  /** Undefined: it is a database. */
  readonly file: string | undefined;
  /** May carry a password. */
  readonly databaseUrl: string | undefined;
  /** What it is called; no secret. */
  readonly shown: string;
  /** Where a `serve` that works on it tells other commands of this folder that it does. */
  readonly runningFile: string;
}

/** @throws OpencxError USAGE for what is no URL of PostgreSQL, or has a password where others can see it */
export function storePlace(context: CommandContext, flags: StoreFlags): StorePlace {
  const { cwd } = context;
  const { databaseUrl } = flags;
  if (databaseUrl === undefined) {
    const file = resolve(cwd, flags.store ?? join(serveFolder(cwd), 'events.sqlite'));
    return { file, databaseUrl, shown: file, runningFile: `${file}.serve.json` };
  }
  const url = checkedDatabaseUrl(databaseUrl);
  const passwords = passwordsIn(url);
  if (passwords.length > 0 && context.sourceOf('databaseUrl') === 'cli') throw passwordInArguments();
  for (const password of passwords) context.terminal.redactor.addSecret(password);
  context.terminal.redactor.addSecret(databaseUrl);
  const shown = `${url.protocol}//${url.host}${url.pathname}`;
  const name = createHash('sha256').update(shown).digest('hex').slice(0, 12);
  return { file: undefined, databaseUrl, shown, runningFile: join(serveFolder(cwd), `database-${name}.serve.json`) };
}

/** What was given may have a password in it, so it is not repeated. */
function checkedDatabaseUrl(text: string): URL {
  const url = URL.parse(text.trim());
  if (url !== null && (url.protocol === 'postgres:' || url.protocol === 'postgresql:')) return url;
  throw new OpencxError('USAGE', {
    message: '--database-url takes the URL of a PostgreSQL database, e.g. postgres://serve@db.example.com/opencx.',
  });
}

/** One stands before the host, or among the parameters, as libpq takes it, too. */
function passwordsIn({ password, searchParams }: URL): string[] {
  try {
    return [decodeURIComponent(password), ...searchParams.getAll('password')].filter((found) => found !== '');
  } catch (error) {
    throw new OpencxError('USAGE', {
      message: 'The password in the URL of the database has a "%" that escapes nothing: in a URL, "%" itself is "%25".',
      cause: error,
    });
  }
}

function passwordInArguments(): OpencxError {
  return new OpencxError('USAGE', {
    message: '--database-url carries a password; others on this machine can read it there.',
    nextSteps: ['Set OPENCX_SF_DATABASE_URL instead, or leave the password out and set PGPASSWORD or write ~/.pgpass.'],
  });
}

/**
 * Opens a store that is there; it is closed when the command ends.
 * @throws OpencxError EVENT_NOT_FOUND if there is none, and those of a store that cannot be used
 */
export async function openExistingStore(context: CommandContext, place: StorePlace): Promise<HandoffStore> {
  const { file } = place;
  if (file === undefined) return await openSealed(context, place, false);
  try {
    await stat(file);
  } catch (error) {
    if (!isMissingFile(error)) throw error;
    throw new OpencxError('EVENT_NOT_FOUND', {
      message: `Nothing was recorded yet: ${file} is not there.`,
      nextSteps: ['opencx-sf serve makes it; --store names another one.'],
    });
  }
  return await openSealed(context, place, false);
}

/**
 * Opens a store, a new one too, in which secrets are sealed; it is closed when the command ends.
 * @throws OpencxError if it cannot be used
 */
export async function openStore(context: CommandContext, place: StorePlace): Promise<HandoffStore> {
  return await openSealed(context, place, true);
}

/** @param isServe whether the key here becomes that of a database that has none yet */
async function openSealed(context: CommandContext, place: StorePlace, isServe: boolean): Promise<HandoffStore> {
  await prepareStateFolder(context.cwd);
  const { openSealer } = await import('../../handoff/store/sealed/sealer.ts');
  const { sealedStore } = await import('../../handoff/store/sealed/sealed-store.ts');
  // Beside the file that it belongs to: who moves a store takes the key along.
  const keyFile = place.file === undefined ? join(serveFolder(context.cwd), 'store.key') : `${place.file}.key`;
  const sealer = openSealer(await storeKey(keyFile, keychainFor()));
  const store = sealedStore(await openAdapter(context, place, { id: sealer.keyId, isTaken: isServe }), sealer);
  context.onEnd(() => store.close());
  return store;
}

async function openAdapter(
  { clock }: CommandContext,
  { file, databaseUrl }: StorePlace,
  sealingKey: SealingKey,
): Promise<HandoffStore> {
  if (file !== undefined) {
    const { openSqliteStore } = await import('../../handoff/store/sqlite/open-sqlite-store.ts');
    return openSqliteStore({ file, clock });
  }
  const { openPostgresStore } = await import('../../handoff/store/postgres/open-postgres-store.ts');
  return await openPostgresStore({ url: databaseUrl ?? '', clock, sealingKey });
}
