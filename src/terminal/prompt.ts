import { OpencxError } from '../errors/opencx-error.ts';
import type { Terminal } from './terminal.ts';

/**
 * Asks the person to type a text exactly, for changes that must not happen by a stray Enter.
 * @returns whether the answer was `expected`
 * @throws OpencxError INTERRUPTED if the question is left by Ctrl-C
 */
export async function typeToConfirm(terminal: Terminal, message: string, expected: string): Promise<boolean> {
  const answer = await ask(terminal, message);
  return answer.trim() === expected;
}

/** Asks for a line of text. @throws OpencxError INTERRUPTED on Ctrl-C */
export async function ask(terminal: Terminal, message: string): Promise<string> {
  const { input } = await import('@inquirer/prompts');
  try {
    return await input({ message }, { input: terminal.streams.stdin, output: terminal.streams.stderr });
  } catch (error) {
    throw leftByCtrlC(error);
  }
}

/** Lets the person choose one of several. @throws OpencxError INTERRUPTED on Ctrl-C */
export async function choose<T extends string>(
  terminal: Terminal,
  message: string,
  choices: readonly { value: T; name: string }[],
): Promise<T> {
  const { select } = await import('@inquirer/prompts');
  try {
    return await select({ message, choices }, { input: terminal.streams.stdin, output: terminal.streams.stderr });
  } catch (error) {
    throw leftByCtrlC(error);
  }
}

function leftByCtrlC(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== 'ExitPromptError') return error;
  return new OpencxError('INTERRUPTED', { message: 'Cancelled; nothing was changed.', cause: error });
}
