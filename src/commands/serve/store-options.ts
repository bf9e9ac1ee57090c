import type { Command } from 'commander';

import { option } from '../common-options.ts';

/** Adds what says where events are kept. */
export function addStoreOptions(command: Command): Command {
  return command
    .optionsGroup('What is kept:')
    .addOption(option('--store <file>', 'where events are kept (default: .opencx-sf/serve/events.sqlite)'))
    .addOption(
      option('--database-url <url>', 'PostgreSQL instead, which several serve processes may share').conflicts('store'),
    );
}
