import { setupUrl } from '../../org/setup-url.ts';
import type { SetupFacts } from '../facts/setup-facts.ts';
import type { Change } from '../plan/change.ts';
import type { SetupWish } from '../wish/setup-wish.ts';
import { deployPart } from './deploy-part.ts';
import type { PlanWishes, SetupStep } from './setup-step.ts';

/** The External Client App that OpenCX logs in by: the app first, its policies in a second deployment. */
export const app: SetupStep = {
  id: 'app',
  title: 'External Client App',
  // Policies that admit by permission set need that set.
  requires: ({ setup }) => (setup.app.permittedUsers === 'AdminApprovedPreAuthorized' ? ['fields'] : ['preflight']),
  permissions: ['ModifyMetadata', 'CustomizeApplication'],
  plan(facts, wish, wishes) {
    if (!wish.setup.app.manage) return { off: true, notes: connectedAppNotes(facts) };
    const made = deployPart('app', facts, wish);
    const restore: Change[] = facts.lentAccess ? [{ kind: 'restore-lent-access' }] : [];
    const credentials = readsCredentials(made, wish, wishes);
    return {
      changes: [...restore, ...made, ...deployPart('app-policies', facts, wish), ...credentials],
      notes: [
        ...connectedAppNotes(facts),
        ...(facts.soap ? [] : ['This token (JWT format) cannot read the app back; it is deployed each time.']),
      ],
      manual: made.length === 0 || credentials.length > 0 ? [] : [credentialsByHand(facts, wish)],
    };
  },
};

function readsCredentials(made: readonly Change[], wish: SetupWish, { credentials }: PlanWishes): Change[] {
  const created = made.some(
    (change) => change.kind === 'deploy' && change.components.some((one) => one.action === 'create'),
  );
  const asked = credentials === 'always' || (credentials === 'with-new-app' && created);
  if (!wish.setup.app.readCredentials || !asked) return [];
  return [{ kind: 'read-credentials', app: wish.setup.app.name }];
}

function credentialsByHand({ identity }: SetupFacts, { setup }: SetupWish) {
  return {
    id: 'read-credentials',
    title: 'Copy consumer key and secret',
    steps: [
      'opencx-sf apply --hand-over FILE reads them into a file that you alone can read. By hand:',
      `Open ${setup.app.label}, its Settings tab, and there Consumer Key and Secret; Salesforce asks you to verify who you are.`,
    ],
    url: setupUrl(identity.instanceUrl, 'ManageExternalClientApplication/home'),
    seenBy: 'OpenCX shows Connected',
  };
}

function connectedAppNotes({ connectedApp }: SetupFacts): string[] {
  return connectedApp.known && connectedApp.value !== undefined
    ? [
        `The org has a Connected App ${connectedApp.value} already; setup.app.manage false goes on with it. New ones cannot be made since Spring '26.`,
      ]
    : [];
}
