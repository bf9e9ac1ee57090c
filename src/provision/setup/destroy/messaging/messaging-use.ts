import type { Org } from '../../../../salesforce/org.ts';
import { quoted } from '../../../org/soql-literal.ts';
import { readFieldUse } from '../field-use.ts';
import type { SetupWish } from '../../wish/setup-wish.ts';
import type { MessagingUse } from './messaging-removals.ts';

/** Asks whether messaging sessions depend on what was made for them; undefined where Live Messaging is not set up. */
export async function readMessagingUse(org: Org, { messaging }: SetupWish): Promise<MessagingUse | undefined> {
  if (messaging === undefined) return undefined;
  const [field, owned] = await Promise.all([
    readFieldUse(org, 'MessagingSession', messaging.sessionIdField),
    org.query(
      `SELECT Id FROM MessagingSession WHERE OwnerId IN (SELECT Id FROM Group WHERE Type = 'Queue' AND DeveloperName = ${quoted([messaging.queue])}) LIMIT 1`,
      'looking for messaging sessions of the queue',
    ),
  ]);
  return { field, queue: owned.length > 0 ? 'in use' : 'unused' };
}
