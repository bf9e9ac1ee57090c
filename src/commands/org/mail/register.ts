import type { Command } from 'commander';

import type { CommonFlags } from '../../common-options.ts';
import { addCommonOptions, option } from '../../common-options.ts';
import { runs, type Handler } from '../../run-command.ts';
import type { OrgMailFlags, OrgMailReceiveFlags, OrgMailShowFlags } from './flags.ts';

const dataDir = () => option('--data-dir <folder>', 'where the data of the org is (default: .opencx-sf/local-org)');

export function registerOrgMail(org: Command): void {
  const mail = org.command('mail').description('Mail of the local org that runs: what it sent, and mail to it');

  addCommonOptions(mail.command('list').description('List the mail it sent, oldest first').addOption(dataDir())).action(
    runs<OrgMailFlags>(async () => (await import('./list.ts')).orgMailListHandler),
  );

  addCommonOptions(
    mail
      .command('show')
      .description('Show a mail it sent')
      .argument('<id>', 'number of the mail in the list')
      .addOption(option('--eml', 'as the message that went out (RFC 5322)'))
      .addOption(dataDir()),
  ).action(runsWith<OrgMailShowFlags>('id', async () => (await import('./show.ts')).orgMailShowHandler));

  addCommonOptions(
    mail
      .command('receive')
      .description('Give it a mail from outside, as its mail server would: Email-to-Case takes it')
      .argument('[file]', 'the raw message (RFC 5322); - for stdin', '-')
      .addOption(dataDir()),
  ).action(runsWith<OrgMailReceiveFlags>('file', async () => (await import('./receive.ts')).orgMailReceiveHandler));
}

/** Hands the command's one argument to the handler among its flags. */
function runsWith<F extends CommonFlags>(
  argument: keyof F & string,
  load: () => Promise<Handler<F>>,
): (this: Command, given: string) => Promise<void> {
  return async function action(this: Command, given: string) {
    this.setOptionValue(argument, given);
    await runs<F>(load).call(this);
  };
}
