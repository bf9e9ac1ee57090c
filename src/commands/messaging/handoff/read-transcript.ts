import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';

import { problemsOf } from '../../../config/config-problems.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import { parseTranscript, type Transcript } from '../../../messaging/handoff/transcript.ts';
import type { CommandContext } from '../../command-context.ts';
import type { MessagingHandoffFlags } from './flags.ts';

export interface Session {
  readonly transcript: Transcript;
  readonly sessionId: string;
}

/**
 * Reads the session from its file or stdin. One without an id gets one, which is told, so that a further run can name it.
 * @throws OpencxError USAGE, MISSING_INPUT
 */
export async function readSession(context: CommandContext, flags: MessagingHandoffFlags): Promise<Session> {
  const transcript = await readTranscript(context, flags);
  const sessionId = flags.session ?? transcript.sessionId ?? randomUUID();
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(sessionId)) return { transcript, sessionId };
  throw new OpencxError('USAGE', { message: `--session takes the UUID of an OpenCX session, not "${sessionId}".` });
}

async function readTranscript(context: CommandContext, flags: MessagingHandoffFlags): Promise<Transcript> {
  const name = flags.transcript === '-' ? 'stdin' : resolve(context.cwd, flags.transcript);
  const json = flags.transcript === '-' ? await readStdin(context, flags) : await readInput(name);
  const read = parseTranscript(parsed(json, name));
  if (read.success) return read.data;
  throw new OpencxError('USAGE', {
    message: `${name} is no transcript: ${problemsOf(read.error, new Map()).join('; ')}.`,
    nextSteps: ['Its shape is schemas/messaging-transcript.schema.json of this package.'],
  });
}

async function readStdin({ terminal }: CommandContext, flags: MessagingHandoffFlags): Promise<string> {
  const others = ['passphraseStdin', 'accessTokenStdin', 'clientSecretStdin'] as const;
  if (others.some((other) => flags[other] === true)) {
    throw new OpencxError('USAGE', {
      message: 'The transcript and a secret cannot both be read from stdin; give one of them as a file.',
    });
  }
  if (terminal.streams.stdin.isTTY) {
    throw new OpencxError('MISSING_INPUT', {
      message: 'The transcript was to be read from stdin, which is a terminal.',
    });
  }
  return await text(terminal.streams.stdin);
}

async function readInput(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new OpencxError('MISSING_INPUT', {
      message: `The transcript could not be read: ${error instanceof Error ? error.message : String(error)}`,
      cause: error,
    });
  }
}

function parsed(json: string, name: string): unknown {
  if (json.trim() === '') throw new OpencxError('MISSING_INPUT', { message: `The transcript, ${name}, is empty.` });
  if (json.includes('\0')) {
    throw new OpencxError('USAGE', { message: `${name} is no text in UTF-8; Windows may have saved it as UTF-16.` });
  }
  try {
    return JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new OpencxError('USAGE', {
      message: `${name} is not JSON: ${error instanceof Error ? error.message : String(error)}`,
      cause: error,
    });
  }
}
