import { OpencxError } from '../../../../errors/opencx-error.ts';

/** Primary result codes of SQLite (sqlite.org/rescode.html): the low byte of the extended code that Node hands on. */
const resultCodes = { busy: 5, corrupt: 11, full: 13, notADatabase: 26 } as const;

/**
 * What an error of SQLite means for the store. Other errors are handed back as they are: they are bugs.
 * @param file named in the message
 */
export function explainedError(file: string, error: unknown): unknown {
  const code = resultCodeOf(error);
  if (code === undefined) return error;
  if (code === resultCodes.corrupt || code === resultCodes.notADatabase) return damagedFile(file, error);
  return new OpencxError('STORE_FAILED', {
    message: `The store ${file} could not be used: ${reasonOf(code, error)}.`,
    details: { file },
    cause: error,
  });
}

function damagedFile(file: string, cause: unknown): OpencxError {
  return new OpencxError('STORE_UNUSABLE', {
    message: `The store ${file} is damaged, or is no SQLite file.`,
    details: { file },
    nextSteps: [
      'Move the file away together with its -wal and -shm files; a new one is made.',
      'What can be read of it is read by: sqlite3 <file> .recover',
    ],
    cause,
  });
}

function resultCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return error.errcode & 0xff;
}

function reasonOf(code: number, error: unknown): string {
  if (code === resultCodes.full) return 'the disk is full';
  if (code === resultCodes.busy) return 'another process held it for too long';
  return error instanceof Error ? error.message : String(error);
}
