import type { Org } from '../../../salesforce/org.ts';
import { withBatchedQueries } from '../../../salesforce/batched-queries.ts';
import { quoted } from '../../org/soql-literal.ts';
import { known } from './known.ts';
import { readEmailToCase, readOrgWideAddresses } from './read-mail.ts';
import { readRunningUser } from './read-people.ts';
import type { EmailToCaseFacts, Known, OrgWideAddress, RunningUser } from './setup-facts.ts';

/** What an org has to choose from: nobody should type what the org can be asked for. */
export interface OrgChoices {
  user: RunningUser;
  queues: readonly { developerName: string; label: string }[];
  /** Profiles with active users, and how many. */
  profiles: readonly { name: string; users: number }[];
  emailToCase: Known<EmailToCaseFacts>;
  orgWideAddresses: readonly OrgWideAddress[];
  /** The Named Credential is there, and with it the webhook URL. */
  webhookKnown: boolean;
  /** Embedded Service Deployments for messaging; none where the org shows none. */
  deployments: readonly { name: string; type: string }[];
}

/** Reads everything that the wizard offers, at once. */
export async function readOrgChoices(org: Org, namedCredential: string): Promise<OrgChoices> {
  const batched = withBatchedQueries(org);
  const user = readRunningUser(batched);
  const [queues, users, emailToCase, orgWideAddresses, credentials, deployments] = await Promise.all([
    batched.query<{ DeveloperName: string; Name: string }>(
      "SELECT DeveloperName, Name FROM Group WHERE Type = 'Queue' ORDER BY Name",
      'reading queues',
    ),
    batched.query<{ Profile: { Name: string } | null }>(
      "SELECT Profile.Name FROM User WHERE IsActive = true AND UserType = 'Standard'",
      'reading users',
    ),
    known(readEmailToCase(batched)),
    known(readOrgWideAddresses(batched)),
    batched.toolingQuery(
      `SELECT Id FROM NamedCredential WHERE DeveloperName = ${quoted([namedCredential])}`,
      'looking for the Named Credential',
    ),
    known(
      batched.toolingQuery<{ DeveloperName: string; DeploymentType: string | null }>(
        "SELECT DeveloperName, DeploymentType FROM EmbeddedServiceConfig WHERE DeploymentFeature = 'EmbeddedMessaging' ORDER BY DeveloperName",
        'reading Embedded Service Deployments',
      ),
    ),
  ]);
  const byProfile = Map.groupBy(users, (row) => row.Profile?.Name ?? '');
  return {
    user: await user,
    queues: queues.map((row) => ({ developerName: row.DeveloperName, label: row.Name })),
    profiles: [...byProfile]
      .filter(([name]) => name !== '')
      .map(([name, rows]) => ({ name, users: rows.length }))
      .sort((a, b) => b.users - a.users),
    emailToCase,
    orgWideAddresses: orgWideAddresses.known ? orgWideAddresses.value : [],
    webhookKnown: credentials.length > 0,
    deployments: (deployments.known ? deployments.value : []).map((row) => ({
      name: row.DeveloperName,
      type: row.DeploymentType ?? '',
    })),
  };
}
