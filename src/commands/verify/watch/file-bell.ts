import { watch, type FSWatcher } from 'node:fs';

import { isMissingFile } from '../../../missing-file.ts';
import type { CommandContext } from '../../command-context.ts';

/** Rings when a file changes. */
export interface Bell {
  /** Waits so long, in milliseconds. @returns whether the file changed meanwhile, which ends the waiting */
  rungWithin: (ms: number, context: Pick<CommandContext, 'clock' | 'signal'>) => Promise<boolean>;
  stop: () => void;
}

/** A bell at a file; without the file it never rings. */
export function fileBell(path: string): Bell {
  let ring: (() => void) | undefined;
  const watcher = watcherOf(path, () => ring?.());
  return {
    stop: () => watcher?.close(),
    rungWithin: async (ms, { clock, signal }) => {
      const over = new AbortController();
      const rung = new Promise<boolean>((done) => {
        ring = () => {
          done(true);
        };
      });
      const late = async (): Promise<boolean> => {
        await clock.sleep(ms, AbortSignal.any([signal, over.signal]));
        return false;
      };
      const waits = late();
      // Ended by the bell, the sleep rejects, which is what was meant.
      waits.catch(() => undefined);
      try {
        return await Promise.race([rung, waits]);
      } finally {
        ring = undefined;
        over.abort();
      }
    },
  };
}

function watcherOf(path: string, onChange: () => void): FSWatcher | undefined {
  try {
    return watch(path, onChange);
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw error;
  }
}
