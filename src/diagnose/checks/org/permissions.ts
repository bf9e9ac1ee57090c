import type { Check } from '../../check.ts';
import { fail, pass, warn } from '../../finding.ts';
import { runningUser } from '../../readings/people.ts';
import { inSetup } from '../../setup-page.ts';

/** What looking needs, and what mending needs besides, as Setup calls them. */
const toLook = { ViewSetup: 'View Setup and Configuration' } as const;
const toMend = {
  AssignPermissionSets: 'Assign Permission Sets',
  AuthorApex: 'Author Apex',
  CustomizeApplication: 'Customize Application',
  ManageUsers: 'Manage Users',
  ModifyMetadata: 'Modify Metadata Through Metadata API Functions',
} as const;

export const permissions: Check = {
  id: 'org.permissions',
  title: 'The user who looks may see and mend the set-up',
  group: 'org',
  why: 'What the running user may not see, other checks cannot judge; what the user may not change, --fix cannot mend.',
  mending: 'Run it as a System Administrator, or give the user the permissions that are named.',
  requires: [],
  reads: [runningUser],
  run: async (context) => {
    const user = await context.read(runningUser);
    const lacks = (all: Readonly<Record<string, string>>) =>
      Object.entries(all).flatMap(([name, label]) => (user.permissions.has(name) ? [] : [`${label} (${name})`]));
    const [look, mend] = [lacks(toLook), lacks(toMend)];
    const data = { username: user.username, missing: [...look, ...mend] };
    const remedy = [
      inSetup(context, 'ManageUsers/home', 'Run this as a System Administrator, or give the permissions.'),
    ];
    if (look.length > 0)
      return fail(`${user.username} lacks ${look.join(', ')}: most of the set-up is hidden.`, { data, remedy });
    if (mend.length > 0)
      return warn(`${user.username} may look, but not mend: ${mend.join(', ')} missing.`, { data, remedy });
    return pass(`${user.username} may see and mend all of it`, { data });
  },
};
