import type { Command } from 'commander';

import type { CommonFlags } from './common-options.ts';
import { runs, type Handler } from './run-command.ts';

/** Hands the command's one argument (or its list of them) to the handler among its flags. */
export function runsWith<F extends CommonFlags>(
  argument: keyof F & string,
  load: () => Promise<Handler<F>>,
): (this: Command, given: string | string[] | undefined) => Promise<void> {
  return async function action(this: Command, given: string | string[] | undefined) {
    this.setOptionValue(argument, given);
    await runs<F>(load).call(this);
  };
}
