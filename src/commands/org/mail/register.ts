import type { Command } from 'commander';

import { addCommonOptions, option } from '../../common-options.ts';
import { runs } from '../../run-command.ts';
import { runsWith } from '../../runs-with.ts';
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
