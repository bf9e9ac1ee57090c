import type { Command } from 'commander';

import { registerMessagingChat } from './chat/register.ts';
import { registerMessagingHandoff } from './handoff/register.ts';
import { registerMessagingKeys } from './keys/register.ts';
import { registerMessagingRegister } from './register-org/register.ts';
import { registerMessagingSettings } from './settings/register.ts';
import { registerMessagingToken } from './token/register.ts';

export function registerMessaging(program: Command): void {
  const messaging = program
    .command('messaging')
    .description('Live Messaging: what the MIAW tab of OpenCX and Enhanced Chat in Salesforce need');
  registerMessagingKeys(messaging);
  registerMessagingRegister(messaging);
  registerMessagingSettings(messaging);
  registerMessagingToken(messaging);
  registerMessagingHandoff(messaging);
  registerMessagingChat(messaging);
}
