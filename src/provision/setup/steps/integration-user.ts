import { setupUrl } from '../../org/setup-url.ts';
import type { SetupFacts } from '../facts/setup-facts.ts';
import type { Change, FieldValues } from '../plan/change.ts';
import type { StepDraft } from '../plan/setup-plan.ts';
import type { SetupWish } from '../wish/setup-wish.ts';
import type { SetupStep } from './setup-step.ts';

/** Profile of the page's recipe: System Administrator, cloned. */
const clonedProfile = 'OpenCX Integration';
/** Profiles of the least-privilege choice, the better one first. */
const minimalProfiles = ['Minimum Access - Salesforce', 'Standard User'];

/** What each choice of access lacks, to be said before it surprises. */
const lacking = {
  administrator:
    'A cloned System Administrator profile lacks "Approve Uninstalled Connected Apps": the user can use the External Client App, but not log in by an app that is not in the org, such as the Salesforce CLI’s own.',
  'least-privilege':
    'The minimal profile with its permission set reads all Cases and edits those that sharing opens to it: where Cases are private, share them with the user.',
};

/** The user OpenCX logs in as: no person, so that nothing stops when a person leaves. */
export const integrationUser: SetupStep = {
  id: 'integration-user',
  title: 'Integration user',
  requires: () => ['preflight'],
  permissions: ['ManageUsers'],
  plan(facts, wish) {
    const username = wish.settings.integrationUsername ?? '';
    const existing = facts.integrationUser;
    if (existing !== undefined) {
      if (existing.isActive) return { notes: [`${existing.username} is there, with profile ${existing.profile}.`] };
      if (!wish.setup.integrationUser.manage) return { blockers: [`The user ${existing.username} is not active.`] };
      return {
        changes: [
          {
            kind: 'update-record',
            sobject: 'User',
            name: existing.username,
            record: { sobject: 'User', where: { Username: existing.username } },
            fields: { IsActive: true },
            before: { IsActive: false },
          },
        ],
      };
    }
    if (!wish.setup.integrationUser.manage) {
      const url = setupUrl(facts.identity.instanceUrl, 'ManageUsers/home');
      return {
        blockers: [`There is no user ${username}; create it (${url}) or leave setup.integrationUser.manage on.`],
      };
    }
    return newUser(facts, wish, username);
  },
};

function newUser(facts: SetupFacts, wish: SetupWish, username: string): StepDraft {
  const { access, profile: given } = wish.setup.integrationUser;
  const has = (name: string) => facts.profiles.some((one) => one.name.toLowerCase() === name.toLowerCase());
  const profile = given ?? (access === 'administrator' ? clonedProfile : minimalProfiles.find(has));
  if (profile === undefined) return { blockers: [`The org has none of the profiles ${minimalProfiles.join(', ')}.`] };
  const clone: Change[] = [];
  if (!has(profile)) {
    if (given !== undefined || access !== 'administrator') return { blockers: [`The org has no profile ${profile}.`] };
    if (!facts.soap) {
      return {
        blockers: [
          `The profile ${profile} has to be cloned from System Administrator, which this token (JWT format) cannot do: clone it in Setup → Profiles, or choose setup.integrationUser.access least-privilege.`,
        ],
      };
    }
    clone.push({ kind: 'clone-profile', from: 'Admin', to: profile });
  }
  return {
    changes: [
      ...clone,
      {
        kind: 'create-record',
        sobject: 'User',
        name: username,
        key: { Username: username },
        fields: userFields(facts, wish, username, profile),
      },
    ],
    notes: [lacking[access]],
  };
}

function userFields(facts: SetupFacts, wish: SetupWish, username: string, profile: string): FieldValues {
  const { firstName, lastName, email } = wish.setup.integrationUser;
  return {
    Username: username,
    FirstName: firstName,
    LastName: lastName,
    Email: email ?? facts.user.email,
    Alias: 'opencx',
    ProfileId: { sobject: 'Profile', where: { Name: profile } },
    ...facts.user.locale,
  };
}
