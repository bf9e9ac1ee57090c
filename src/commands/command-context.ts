import type { Clock } from '../clock.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Everything a handler may touch beside its flags. Made once a run by `run-command.ts`. */
export interface CommandContext {
  terminal: Terminal;
  env: NodeJS.ProcessEnv;
  /** Absolute; `--cwd` or the process's own. */
  cwd: string;
  clock: Clock;
  /** Aborted by the first Ctrl-C. */
  signal: AbortSignal;
  debug: boolean;
  /** Whether a flag's value came from the command line, the environment or is a default. */
  sourceOf(flag: string): 'cli' | 'env' | 'default' | undefined;
  /** Undone in reverse order when the command ends, however it ends. */
  onEnd: (undo: () => Promise<void>) => void;
}
