import type { SetupFacts } from '../facts/setup-facts.ts';
import { isSalesforceHost } from './salesforce-host.ts';
import type { SetupStep } from './setup-step.ts';

/** Oldest release the Apex compiles on: `WITH SYSTEM_MODE` and delayed Queueables, Winter '24. */
export const oldestApiVersion = 59;

/** Editions without Apex, External Client Apps or API, as `Organization.OrganizationType` names them. */
const unfitEditions = /^(?:Personal|Contact Manager|Group|Essentials|Starter|Salesforce Starter|Base) ?(?:Edition)?$/i;

/** What the org is, and whether it can take the integration at all. */
export const preflight: SetupStep = {
  id: 'preflight',
  title: 'Org',
  requires: () => [],
  permissions: [],
  plan: (facts) => ({
    blockers: [...editionProblems(facts), ...versionProblems(facts)],
    notes: [...identityNotes(facts), ...limitNotes(facts), ...threadingNotes(facts)],
  }),
};

/** Whether an edition cannot take the integration at all. */
export function isUnfitEdition(edition: string): boolean {
  return unfitEditions.test(edition);
}

function editionProblems({ identity }: SetupFacts): string[] {
  return isUnfitEdition(identity.edition)
    ? [
        `${identity.edition} has neither Apex nor External Client Apps; Enterprise, Unlimited, Performance or Developer has.`,
      ]
    : [];
}

function versionProblems({ maxApiVersion }: SetupFacts): string[] {
  return Number(maxApiVersion) < oldestApiVersion
    ? [`The org's highest API version is ${maxApiVersion}; ${oldestApiVersion}.0 is needed.`]
    : [];
}

function identityNotes({ identity, maxApiVersion, user }: SetupFacts): string[] {
  const myDomain = new URL(identity.instanceUrl).hostname.endsWith('.my.salesforce.com');
  return [
    `${identity.edition}, ${identity.kind}, API up to ${maxApiVersion}; you are ${user.username}.`,
    ...(myDomain || !isSalesforceHost(identity)
      ? []
      : ['This is no My Domain URL; client credentials and app logins want one.']),
  ];
}

/** Limits that the integration draws on; what is nearly used up is said, the rest stays silent. */
function limitNotes({ limits }: SetupFacts): string[] {
  if (!limits.known) return [`Limits are not known: ${limits.why}`];
  const watched = ['DailyApiRequests', 'DailyAsyncApexExecutions', 'SingleEmail', 'DataStorageMB', 'FileStorageMB'];
  return watched.flatMap((name) => {
    const limit = limits.value[name];
    return limit === undefined || limit.Remaining > limit.Max * 0.1
      ? []
      : [`${name}: ${limit.Remaining} of ${limit.Max} left.`];
  });
}

function threadingNotes({ emailToCase }: SetupFacts): string[] {
  if (!emailToCase.known) return [];
  return emailToCase.value.lightningThreading
    ? []
    : [
        'Replies are threaded by reference ids (ref:…), not by Lightning Threading; tokens of both kinds are understood.',
      ];
}
