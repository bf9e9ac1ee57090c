import type { Check } from '../../check.ts';
import { counted } from '../../counted.ts';
import type { CheckContext } from '../../check-context.ts';
import { fail, pass, skip, warn } from '../../finding.ts';
import { fieldGrants, fieldReaders } from '../../readings/fields.ts';
import { people, runningUser } from '../../readings/people.ts';
import { inSetup } from '../../setup-page.ts';
import { grantsOf } from './grants.ts';

export const visibleToIntegration: Check = {
  id: 'fields.visible-to-integration-user',
  title: 'The integration user may read and write the field of Cases',
  group: 'fields',
  why: 'A field without field-level security does not exist for the API: OpenCX’s Case is refused with “No such column”.',
  mending: 'opencx-sf verify --fix assigns the permission set.',
  requires: ['fields.case-from', 'org.integration-user'],
  reads: [fieldGrants, fieldReaders, people],
  fix: ['fields', 'access'],
  run: async (context) => {
    const { integrationUser: user } = await context.read(people);
    if (user === undefined) return skip('Nothing is known of the integration user.');
    const grants = await grantsOf(context, fieldName(context), user.username);
    const data = { username: user.username, by: grants.map(({ giver }) => giver) };
    const remedy = [inSetup(context, 'PermSets/home', 'Assign the permission set by hand.')];
    if (grants.length === 0) return fail(`${user.username} does not see ${fieldName(context)}.`, { data, remedy });
    if (!grants.some(({ edit }) => edit))
      return fail(`${user.username} may read ${fieldName(context)}, but not write it.`, { data, remedy });
    return pass(`by ${data.by.join(', ')}`, { data });
  },
};

export const visibleToReps: Check = {
  id: 'fields.visible-to-reps',
  title: 'Reps, and who looks after the integration, see the field of Cases',
  group: 'fields',
  why: 'Views and reports on handoffs stay empty for who does not see the field; also for administrators.',
  mending: 'Name the reps in setup.reps, then opencx-sf verify --fix.',
  requires: ['fields.case-from'],
  reads: [fieldGrants, fieldReaders, people, runningUser],
  fix: ['fields', 'access'],
  run: async (context) => {
    const { reps, unknownNames } = await context.read(people);
    const self = context.config.setup.reps.self ? [(await context.read(runningUser)).username] : [];
    const wanted = [...new Set([...reps.map(({ username }) => username), ...self])];
    const without: string[] = [];
    for (const username of wanted)
      if ((await grantsOf(context, fieldName(context), username)).length === 0) without.push(username);
    const data = { wanted, without, unknownNames };
    if (unknownNames.length > 0) {
      return warn(`setup.reps names ${unknownNames.join(', ')}, which the org does not have.`, { data, byHand: true });
    }
    if (without.length > 0)
      return warn(`${without.join(', ')} ${without.length === 1 ? 'does' : 'do'} not see ${fieldName(context)}.`, {
        data,
      });
    return pass(wanted.length === 0 ? 'nobody is named in setup.reps' : counted(wanted.length, 'user', 'users'), {
      data,
    });
  },
};

function fieldName({ drawn }: CheckContext): string {
  return `Case.${drawn.settings.names.caseFromField}`;
}
