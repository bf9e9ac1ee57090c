import { readEmailToCase } from '../../provision/setup/facts/read-mail.ts';
import { readQueues } from '../../provision/setup/facts/read-people.ts';
import type { EmailToCaseFacts, Queue } from '../../provision/setup/facts/setup-facts.ts';
import type { Reading } from './reading.ts';

/** Settings of Email-to-Case with its routing addresses. */
export const emailToCase: Reading<EmailToCaseFacts> = {
  what: 'Tooling API: CaseSettings',
  read: ({ org }) => readEmailToCase(org),
};

/** Queues that Cases can be given to. */
export const queues: Reading<readonly Queue[]> = {
  what: 'Group, QueueSobject and GroupMember of queues',
  read: ({ org }) => readQueues(org),
};

/** Names of the active assignment rules of Cases. */
export const activeAssignmentRules: Reading<readonly string[]> = {
  what: 'AssignmentRule of Case',
  read: async ({ org }) => {
    const rows = await org.query<{ Name: string }>(
      "SELECT Name FROM AssignmentRule WHERE SobjectType = 'Case' AND Active = true",
      'reading assignment rules',
    );
    return rows.map(({ Name }) => Name);
  },
};
