import type { Command } from 'commander';

import { addCommonOptions, option } from '../common-options.ts';
import { runs } from '../run-command.ts';
import { addTargetOptions } from '../target/target-options.ts';
import type { LogsFlags } from './flags.ts';

const examples = `
Salesforce writes debug logs of a user only while a trace flag is live. Without --tail and --trace this command reads what
is there and changes nothing. --tail keeps a flag alive while it runs, in short steps, and takes that back at the end;
Ctrl-C is its end, with exit code 0. A flag that somebody else has set is used with its own debug level, made to live
longer if need be, and given its own end back.

Examples:
  opencx-sf logs --target-org prod --since 2h
  opencx-sf logs --target-org prod --tail --grep sendEmail
  opencx-sf logs --target-org prod --trace 30      # then send the reply again, then: opencx-sf logs
  opencx-sf logs --target-org prod --tail --user rep@example.com`;

export function registerLogs(program: Command): void {
  const command = program
    .command('logs')
    .description("Show what OpenCX's Apex wrote into the debug logs of the integration user, errors explained")
    .addHelpText('after', examples)
    .optionsGroup('Which lines:')
    .addOption(option('--tail', 'go on until Ctrl-C; keeps the user traced meanwhile'))
    .addOption(option('--since <duration>', 'how far back, e.g. 30m, 2h, 1d').default('1h'))
    .addOption(option('--grep <pattern>', 'only lines that match this regular expression, in any case'))
    .addOption(option('--all', 'every line of the logs, not only those of OpenCX'))
    .addOption(
      option(
        '--user <username>',
        'whose logs: webhook calls run as whoever saved the record (default: integration user)',
      ),
    )
    .optionsGroup('Trace flag:')
    .addOption(option('--trace <minutes>', 'set a trace flag, or extend the one there is, for so long from now on'))
    .addOption(option('--no-trace', 'set and extend none, not even with --tail'));
  addCommonOptions(addTargetOptions(command)).action(
    runs<LogsFlags>(async () => (await import('./handler.ts')).logsHandler),
  );
}
