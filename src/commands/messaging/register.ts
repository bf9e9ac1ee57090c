import type { Command } from 'commander';

import { registerMessagingKeys } from './keys/register.ts';
import { registerMessagingRegister } from './register-org/register.ts';

export function registerMessaging(program: Command): void {
  const messaging = program
    .command('messaging')
    .description('Live Messaging: what the MIAW tab of OpenCX and Enhanced Chat in Salesforce need');
  registerMessagingKeys(messaging);
  registerMessagingRegister(messaging);
}
