import { OpencxError } from '../../../errors/opencx-error.ts';

/** Small requests beside the conversation (receipts, typing), one after another: nothing else waits for them. */
export interface Background {
  /** @param problem what it means if the request fails, as a sentence */
  run(problem: string, request: () => Promise<unknown>): void;
  /** Waits for those under way. @returns what went wrong, each once; no message is lost by it */
  settled(): Promise<string[]>;
}

export function openBackground(): Background {
  const problems = new Set<string>();
  let last = Promise.resolve();
  const attempt = async (problem: string, request: () => Promise<unknown>) => {
    try {
      await request();
    } catch (error) {
      if (!(error instanceof OpencxError)) throw error;
      // The conversation was left meanwhile, and nobody waits for it any more.
      if (error.code === 'INTERRUPTED') return;
      problems.add(`${problem} ${error.message}`);
    }
  };
  return {
    run(problem, request) {
      last = last.then(() => attempt(problem, request));
    },
    async settled() {
      await last;
      return [...problems];
    },
  };
}
