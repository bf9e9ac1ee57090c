import type { Check } from '../../check.ts';
import { fail, pass, warn } from '../../finding.ts';
import { integrationUsername } from '../../readings/expected.ts';
import { people } from '../../readings/people.ts';
import { inSetup } from '../../setup-page.ts';

export const integrationUser: Check = {
  id: 'org.integration-user',
  title: 'The integration user is there and active',
  group: 'org',
  why: 'OpenCX logs in as this user, and the triggers know OpenCX by it: without the user nothing is sent, with it switched off nothing works at all.',
  mending: 'opencx-sf verify --fix creates or activates the user; else Setup → Users.',
  requires: [],
  reads: [integrationUsername, people],
  fix: ['integration-user', 'access'],
  run: async (context) => {
    const username = await context.read(integrationUsername);
    if (username === undefined) {
      return warn('Nobody says which user OpenCX logs in as.', {
        byHand: true,
        remedy: [{ text: 'Give --integration-user, or blueprint.integrationUsername in opencx-sf.config.json.' }],
      });
    }
    const data = { username: username.value, from: username.from };
    const { integrationUser: user } = await context.read(people);
    const remedy = [inSetup(context, 'ManageUsers/home', 'Create or activate the user in Setup → Users.')];
    if (user === undefined) return fail(`The org has no user ${username.value}.`, { data, remedy });
    if (!user.isActive) return fail(`The user ${user.username} is not active.`, { data, remedy });
    return pass(`${user.username}, ${user.profile}`, { data: { ...data, profile: user.profile } });
  },
};
