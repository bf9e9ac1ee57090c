import { accessSetName } from '../../../blueprint/access/render-access.ts';
import type { Change } from '../plan/change.ts';
import type { SetupFacts } from '../facts/setup-facts.ts';
import type { SetupWish } from '../wish/setup-wish.ts';
import type { SetupStep } from './setup-step.ts';

/** Who sees the fields: the integration user, without whom OpenCX cannot write them, and the reps. */
export const access: SetupStep = {
  id: 'access',
  title: 'Permission set assignments',
  requires: () => ['fields', 'integration-user'],
  permissions: ['AssignPermissionSets'],
  plan(facts, wish) {
    const unknown = facts.unknownNames.map((name) => `setup names ${name}, which the org does not have.`);
    const { profiles, roles, usernames } = wish.setup.reps;
    const noReps = profiles.length + roles.length + usernames.length === 0;
    return {
      changes: wantedAssignments(facts, wish)
        .filter(([username, set]) => !isAssigned(facts, username, set))
        .map(([username, set]) => assignment(username, set)),
      blockers: unknown,
      notes: noReps
        ? [`Reps do not see ${wish.settings.names.caseFromField}: setup.reps names them by profile, role or Username.`]
        : [],
    };
  },
};

function wantedAssignments(facts: SetupFacts, wish: SetupWish): [username: string, permissionSet: string][] {
  const { settings, setup } = wish;
  const user = settings.integrationUsername ?? '';
  const set = settings.names.permissionSet;
  const others = [...facts.reps.map(({ username }) => username), ...(setup.reps.self ? [facts.user.username] : [])];
  return [
    [user, set],
    ...(setup.integrationUser.access === 'least-privilege'
      ? [[user, accessSetName(settings)] as [string, string]]
      : []),
    ...[...new Set(others)]
      .filter((username) => username.toLowerCase() !== user.toLowerCase())
      .map((username): [string, string] => [username, set]),
  ];
}

function isAssigned({ assignments }: SetupFacts, username: string, permissionSet: string): boolean {
  return assignments.some((one) => one.username === username.toLowerCase() && one.permissionSet === permissionSet);
}

function assignment(username: string, permissionSet: string): Change {
  const key = {
    AssigneeId: { sobject: 'User', where: { Username: username } },
    PermissionSetId: { sobject: 'PermissionSet', where: { Name: permissionSet } },
  };
  return {
    kind: 'create-record',
    sobject: 'PermissionSetAssignment',
    name: `${permissionSet} to ${username}`,
    key,
    fields: key,
  };
}
