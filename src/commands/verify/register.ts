import type { Command } from 'commander';

import { addCommonOptions, collect, option } from '../common-options.ts';
import { addConsentOptions } from '../consent.ts';
import { runsWith } from '../runs-with.ts';
import { addTargetOptions } from '../target/target-options.ts';
import type { VerifyFlags } from './flags.ts';
import { registerGmailCode } from './gmail-code/register.ts';
import { registerHandoff } from './handoff/register.ts';
import { registerVerifyMessaging } from './messaging/register.ts';

const examples = `
Examples:
  opencx-sf verify --target-org prod
  opencx-sf verify apex webhook.endpoint --target-org prod
  opencx-sf verify --symptom "no case appears" --target-org prod
  opencx-sf verify --fix --target-org local
  opencx-sf verify --strict --junit verify.xml        # in CI
  opencx-sf verify --watch --interval 5m --webhook https://hooks.example.com/…

Exit codes of verify: 0 all checks pass or warn, 1 one fails (with --strict also when one warns).`;

export function registerVerify(program: Command): void {
  const verify = program
    .command('verify')
    .description('Check the whole integration by evidence, explain what is wrong, and mend it where an API can')
    .argument('[checks...]', 'checks or groups to run; all without any')
    // What stands behind a verb of verify is that verb's own: --json, and --keep with another meaning.
    .enablePositionalOptions()
    .addHelpText('after', examples);
  addWhich(verify);
  addMending(verify);
  addReports(verify);
  addCommonOptions(addTargetOptions(addConsentOptions(verify))).action(
    runsWith<VerifyFlags>('checks', async () => (await import('./handler.ts')).verifyHandler),
  );
  registerGmailCode(verify);
  registerHandoff(verify);
  registerVerifyMessaging(verify);
}

function addWhich(verify: Command): void {
  verify
    .optionsGroup('Which checks:')
    .addOption(option('--only <id-or-group>', 'the same as naming it (repeatable)').argParser(collect))
    .addOption(option('--skip <id-or-group>', 'leave this out (repeatable)').argParser(collect))
    .addOption(option('--symptom <words>', 'what people see, e.g. "no case appears": the checks that explain it'))
    .addOption(option('--list', 'list the checks, with why each matters; asks no org'))
    .addOption(option('--all', 'show passed and skipped checks one by one'))
    .addOption(option('--strict', 'a warning is a failure'))
    .optionsGroup('What is expected (the configuration file says the rest):')
    .addOption(option('--reply-to <address>', 'mailbox customers write to'))
    .addOption(option('--integration-user <username>', 'Username of the OpenCX integration user'))
    .addOption(option('--webhook-url <url>', 'webhook URL that OpenCX shows'))
    .addOption(option('--webhook-fingerprint <digits>', 'fingerprint of that URL, where only it is known'))
    .addOption(option('--org-wide-email <address>', 'organization-wide address that mail is sent from'));
}

function addMending(verify: Command): void {
  verify
    .optionsGroup('Mending:')
    .addOption(option('--fix', 'show what would mend it, ask, do it, and run the affected checks again'))
    .addOption(
      option('--accept-permanent <what>', 'do this, though Salesforce lets nobody undo it').choices(['email-to-case']),
    )
    .addOption(option('--keep <trigger>', 'leave this trigger as it is (repeatable)').argParser(collect))
    .addOption(option('--no-tests', 'run no Apex tests with a deployment (refused in production)'))
    .optionsGroup('Watching:')
    .addOption(option('--watch', 'run again and again; one line for each change'))
    .addOption(option('--interval <duration>', 'time between two runs of --watch').default('60s'))
    .addOption(option('--webhook <url>', 'post each change of --watch to this incident hook'));
}

function addReports(verify: Command): void {
  verify
    .optionsGroup('Reports:')
    .addOption(option('--junit <file>', 'write a JUnit report'))
    .addOption(option('--sarif <file>', 'write a SARIF report'))
    .addOption(option('--markdown <file>', 'write a Markdown report'))
    .addOption(option('--report <file>', 'write a bundle for a support ticket, without secrets and customers’ data'))
    .addOption(option('--session-id <id>', 'session in OpenCX’s Inbox that the ticket is about'))
    .addOption(option('--case-id <id>', 'Case that the ticket is about'))
    .addOption(option('--description <text>', 'what went wrong, for the ticket'));
}
