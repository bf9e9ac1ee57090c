import { createInterface } from 'node:readline';

import { ended, startCli, type CliOptions, type Envelope } from './cli.ts';

/** A command that prints one document a line, while it runs. */
export interface Streaming {
  /** All lines so far. */
  readonly documents: readonly Envelope[];
  /** The result of the first line, from the beginning, that fits; waits for it. @throws Error if the command ends before */
  // oxlint-disable-next-line typescript/no-explicit-any -- each test knows the shape it asks for
  result(fits: (result: any) => boolean): Promise<any>;
  write(text: string): void;
  signal(name: NodeJS.Signals): void;
  /** Ends stdin. */
  finish(): void;
  readonly end: ReturnType<typeof ended>;
}

export function streaming(args: readonly string[], options: CliOptions): Streaming {
  const child = startCli(args, options);
  const documents: Envelope[] = [];
  const waiting = new Set<() => void>();
  const look = () => {
    for (const again of waiting) again();
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    documents.push(JSON.parse(line) as Envelope);
    look();
  });
  const end = ended(child);
  const state = { over: false };
  child.on('close', () => {
    state.over = true;
    look();
  });
  return {
    documents,
    result: (fits) =>
      new Promise((done, failed) => {
        const again = () => {
          const found = documents.find(({ result }) => result !== null && fits(result));
          if (found === undefined && !state.over) return;
          waiting.delete(again);
          if (found === undefined) failed(new Error(`It never came; what came: ${JSON.stringify(documents)}`));
          else done(found.result);
        };
        waiting.add(again);
        again();
      }),
    write: (text) => child.stdin.write(text),
    signal: (name) => child.kill(name),
    finish: () => child.stdin.end(),
    end,
  };
}
