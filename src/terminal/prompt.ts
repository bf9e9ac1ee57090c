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
    return await input({ message, theme: theme(terminal) }, streams(terminal));
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
    return await select({ message, choices, theme: theme(terminal) }, streams(terminal));
  } catch (error) {
    throw leftByCtrlC(error);
  }
}

/** Asks for yes or no; Enter alone is no. @throws OpencxError INTERRUPTED on Ctrl-C */
export async function confirm(terminal: Terminal, message: string): Promise<boolean> {
  const prompts = await import('@inquirer/prompts');
  try {
    return await prompts.confirm({ message, default: false, theme: theme(terminal) }, streams(terminal));
  } catch (error) {
    throw leftByCtrlC(error);
  }
}

function streams(terminal: Terminal): { input: NodeJS.ReadableStream; output: NodeJS.WritableStream } {
  return { input: terminal.streams.stdin, output: terminal.streams.stderr };
}

/** The prompts' own colours are those of stdout and know nothing of --no-color. */
function theme({ errColour }: Terminal) {
  return {
    prefix: { idle: errColour.blue('?'), done: errColour.green('✓') },
    style: {
      // Called with a status behind the text, which chalk would print along.
      answer: (text: string) => errColour.cyan(text),
      message: (text: string) => errColour.bold(text),
      error: (text: string) => errColour.red(`✗ ${text}`),
      defaultAnswer: (text: string) => errColour.dim(`(${text})`),
      help: (text: string) => errColour.dim(text),
      highlight: (text: string) => errColour.cyan(text),
      description: (text: string) => errColour.cyan(text),
      disabled: (text: string) => errColour.dim(text),
      keysHelpTip: (keys: [key: string, action: string][]) =>
        errColour.dim(keys.map(([key, action]) => `${key}: ${action}`).join(' · ')),
    },
  };
}

function leftByCtrlC(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== 'ExitPromptError') return error;
  return new OpencxError('INTERRUPTED', { message: 'Cancelled; nothing was changed.', cause: error });
}
