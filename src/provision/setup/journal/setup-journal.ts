import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { writePrivateFile } from '../../../atomic-files.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import { isMissingFile } from '../../../missing-file.ts';
import type { ChannelWish } from '../../messaging/channel/merge-channel.ts';
import type { FieldValues, RecordRef } from '../plan/change.ts';

/** Something this product has put into the org and a marker cannot be written on. */
export interface MadeRecord {
  sobject: string;
  name: string;
  record: RecordRef;
}

/** What a setting or field was before it was changed for the first time. */
export type Before =
  | { kind: 'settings'; type: string; values: Record<string, unknown> }
  | { kind: 'record'; sobject: string; name: string; record: RecordRef; values: FieldValues }
  /** A messaging channel, whole; and what was added to it. */
  | { kind: 'channel'; channel: string; values: Record<string, unknown>; wish: ChannelWish };

/** What this folder knows of Live Messaging in an org. */
export interface MessagingJournal {
  /** Names that were set up, whatever a later command line says. */
  names: {
    deployment: string;
    channel: string;
    keyset: string;
    flow: string;
    queue: string;
    sessionIdField: string;
  };
  /** `type fullName` of what was made and has no description that a marker could stand in. */
  made: string[];
  /** The channel was changed, and the deployment not published since. */
  publishPending: boolean;
}

/**
 * What this folder knows of a set-up beyond what the org itself tells: which records are ours, and what was there before.
 * The org decides what is to be done; the journal only decides what `destroy` may take away.
 */
export interface SetupJournal {
  version: 1;
  organizationId: string;
  /** Written before the record is made: a process that dies in between leaves a name behind that the org has or has not. */
  made: MadeRecord[];
  /** Routing addresses that were added. */
  addresses: string[];
  profiles: string[];
  before: Before[];
  /** Consumer key and secret are still to be read: the app was made, and nobody has seen them. */
  credentialsPending: boolean;
  /** Absent as long as Live Messaging was not set up. */
  messaging?: MessagingJournal;
}

function fileOf(stateFolder: string, organizationId: string): string {
  return join(stateFolder, 'setup', `${organizationId}.json`);
}

/** @throws OpencxError CONFIG_INVALID if the file is damaged */
export async function readJournal(stateFolder: string, organizationId: string): Promise<SetupJournal> {
  const path = fileOf(stateFolder, organizationId);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (isMissingFile(error)) return emptyJournal(organizationId);
    throw error;
  }
  try {
    const journal = JSON.parse(text) as SetupJournal;
    if (journal.version === 1 && Array.isArray(journal.made)) return journal;
  } catch (error) {
    throw damaged(path, error);
  }
  throw damaged(path, undefined);
}

function emptyJournal(organizationId: string): SetupJournal {
  return {
    version: 1,
    organizationId,
    made: [],
    addresses: [],
    profiles: [],
    before: [],
    credentialsPending: false,
  };
}

function damaged(path: string, cause: unknown): OpencxError {
  return new OpencxError('CONFIG_INVALID', {
    message: `${path} is no journal of a set-up.`,
    nextSteps: [
      'Move that file away and run the command again: the org itself tells what is set up; destroy will keep what it cannot know to be ours.',
    ],
    cause,
  });
}

/** Written whole or not at all, before the write into the org that it is about. */
export async function writeJournal(stateFolder: string, journal: SetupJournal): Promise<void> {
  await writePrivateFile(fileOf(stateFolder, journal.organizationId), `${JSON.stringify(journal, null, 2)}\n`);
}
