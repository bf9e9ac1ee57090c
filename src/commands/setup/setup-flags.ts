import type { Command, Option } from 'commander';

import { blueprintFlags } from '../blueprint-inputs.ts';
import { collect, option, type CommonFlags } from '../common-options.ts';
import { addConsentOptions, type ConsentFlags } from '../consent.ts';
import type { FlagMapping } from '../load-settings.ts';
import { targetFlags } from '../target/target-flags.ts';
import type { TargetFlags } from '../target/target-options.ts';

/** Flags of every command that plans a set-up. */
export interface SetupFlags extends CommonFlags, TargetFlags {
  replyTo?: string;
  integrationUser?: string;
  webhookUrl?: string;
  orgWideEmail?: string;
  /** What may be done for good. */
  acceptPermanent?: 'email-to-case';
  keep?: string[];
  credentials?: boolean;
  /** Messaging channels that may be changed though others use them. */
  allowChannel?: string[];
  /** Only of `messaging register`. */
  republish?: boolean;
  removeOldKeys?: boolean;
}

/** Flags of those that carry it out. */
export interface SetupWriteFlags extends SetupFlags, ConsentFlags {
  dryRun?: boolean;
  handOver?: string;
  /** The secret goes onto the clipboard, not onto the screen. */
  copy?: boolean;
  wait?: string;
  deactivate?: string[];
  tests: boolean;
}

/** Set-up flags that are properties of the configuration. */
export const setupFlags: readonly FlagMapping[] = [
  ...targetFlags,
  ...blueprintFlags,
  { flag: 'acceptPermanent', path: ['setup', 'emailToCase', 'acceptPermanent'], read: () => true },
];

export function addSetupOptions(command: Command): Command {
  return command
    .optionsGroup('What is set up (the configuration file says the rest):')
    .addOption(option('--reply-to <address>', 'mailbox customers write to: the Email-to-Case routing address'))
    .addOption(option('--integration-user <username>', 'Username of the OpenCX integration user'))
    .addOption(option('--webhook-url <url>', 'webhook URL that OpenCX shows once it is connected'))
    .addOption(option('--org-wide-email <address>', 'send as this organization-wide address'))
    .addOption(
      option('--accept-permanent <what>', 'do this, though Salesforce lets nobody undo it').choices(['email-to-case']),
    )
    .addOption(option('--credentials', 'read consumer key and secret also of an app that was there before'))
    .addOption(option('--keep <trigger>', 'leave this trigger as it is (repeatable)').argParser(collect))
    .addOption(allowChannelOption());
}

export function allowChannelOption(): Option {
  return option('--allow-channel <name>', 'change this messaging channel, though others use it (repeatable)').argParser(
    collect,
  );
}

export function addWriteOptions(command: Command): Command {
  command
    .optionsGroup('How:')
    .addOption(option('--dry-run', 'show the plan; write nothing'))
    .addOption(option('-w, --wait <minutes>', 'wait so long for what a person has to do: verified addresses'))
    .addOption(option('--no-tests', 'run no Apex tests (refused in production)'))
    .addOption(option('--hand-over <file>', 'write what OpenCX asks for into this file, which you alone can read'))
    .addOption(option('--copy', 'put the consumer secret onto the clipboard instead of the screen'));
  return addConsentOptions(command).addOption(
    option('--deactivate <trigger>', 'switch off this trigger that does the same work (repeatable)').argParser(collect),
  );
}
