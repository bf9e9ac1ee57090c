import { resolve } from 'node:path';

import type { Command } from 'commander';

import { systemClock } from '../clock.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import type { Envelope } from '../terminal/envelope.ts';
import type { CommandContext } from './command-context.ts';
import type { CommandResult } from './command-result.ts';
import type { CommonFlags } from './common-options.ts';

/** A handler: flags and arguments in, a result out. Loaded only when its command runs. */
export type Handler<F> = (context: CommandContext, flags: F) => Promise<CommandResult>;

/**
 * Makes a commander action out of a handler. The only place where a result becomes output and an exit code.
 * @param load imports the handler's module, so that `--help` never loads it
 */
export function runs<F extends CommonFlags>(
  load: () => Promise<Handler<F>>,
): (this: Command, ...given: unknown[]) => Promise<void> {
  return async function action(this: Command) {
    const flags = this.opts() as unknown as F;
    process.exitCode = await execute(this, flags, load);
  };
}

async function execute<F extends CommonFlags>(
  command: Command,
  flags: F,
  load: () => Promise<Handler<F>>,
): Promise<number> {
  const { createTerminal } = await import('../terminal/terminal.ts');
  const { envelopeError } = await import('../terminal/envelope.ts');
  const { presentError } = await import('../terminal/present-error.ts');
  const { watchInterrupts } = await import('../terminal/interrupts.ts');

  const debug = flags.debug === true;
  const terminal = createTerminal(process, process.env, {
    json: flags.json === true,
    noColor: !flags.color,
    quiet: flags.quiet === true,
    noInput: !flags.input,
  });
  const interrupts = watchInterrupts();
  const undos: (() => Promise<void>)[] = [];
  const context: CommandContext = {
    terminal,
    env: process.env,
    cwd: resolve(flags.cwd ?? process.cwd()),
    clock: systemClock,
    signal: interrupts.signal,
    debug,
    sourceOf: (flag) => sourceOf(command, flag),
    onEnd: (undo) => undos.unshift(undo),
  };
  const print = (envelope: Envelope, streamed?: true) => {
    terminal.document(envelope, streamed);
  };
  try {
    const handler = await load();
    const done = await handler(context, flags);
    for (const warning of done.warnings)
      terminal.note(`${terminal.errColour.yellow('Warning')} ${warning}`, flags.json !== true);
    if (flags.json === true) {
      print(
        {
          schemaVersion: 1,
          status: done.status,
          result: done.result,
          warnings: done.warnings,
          ...(done.error === undefined ? {} : { error: envelopeError(done.error) }),
        },
        done.streamed,
      );
    } else {
      if (done.text !== '') terminal.result(done.text);
      // Last, where a person looks first.
      if (done.error !== undefined) presentError(terminal, done.error, debug);
    }
    return done.exitCode;
  } catch (error) {
    const shape = envelopeError(error);
    if (flags.json === true) print({ schemaVersion: 1, status: 'error', result: null, warnings: [], error: shape });
    if (flags.json !== true || debug) presentError(terminal, error, debug);
    return exitCodeOf(error);
  } finally {
    for (const undo of undos) await undo();
    interrupts.stop();
  }
}

function sourceOf(command: Command, flag: string): ReturnType<CommandContext['sourceOf']> {
  const sources = ['cli', 'env', 'default'] as const;
  return sources.find((source) => source === command.getOptionValueSource(flag));
}

function exitCodeOf(error: unknown): number {
  if (typeof error === 'object' && error !== null && 'exitCode' in error && typeof error.exitCode === 'number')
    return error.exitCode;
  return exitCodes.failed;
}
