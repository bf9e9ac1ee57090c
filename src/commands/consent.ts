import type { Command } from 'commander';

import type { ProductionConsent } from '../provision/deploy/production-guard.ts';
import { option } from './common-options.ts';

/** Flags of every command that writes into an org. */
export interface ConsentFlags {
  yes?: boolean;
  confirmOrg?: string;
}

export function addConsentOptions(command: Command): Command {
  return command
    .optionsGroup('Consent:')
    .addOption(option('-y, --yes', 'do not ask'))
    .addOption(option('--confirm-org <name-or-id>', 'the production org that is meant'));
}

/** What the flags agree to. */
export function consentOf({ yes, confirmOrg }: ConsentFlags): ProductionConsent {
  return { yes: yes === true, ...(confirmOrg === undefined ? {} : { confirmOrg }) };
}
