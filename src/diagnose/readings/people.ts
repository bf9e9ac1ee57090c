import { quoted } from '../../provision/org/soql-literal.ts';
import { readPeople, readRunningUser } from '../../provision/setup/facts/read-people.ts';
import type { RunningUser, SetupFacts } from '../../provision/setup/facts/setup-facts.ts';
import { integrationUsername } from './expected.ts';
import type { Reading } from './reading.ts';

/** The user whose session this is, with permissions. */
export const runningUser: Reading<RunningUser> = {
  what: 'User and UserPermissionAccess of the running user',
  read: ({ org }) => readRunningUser(org),
};

type People = Pick<SetupFacts, 'integrationUser' | 'reps' | 'unknownNames'>;

/** The integration user, and those whom the configuration names as reps. */
export const people: Reading<People> = {
  what: 'User (integration user and reps)',
  read: async ({ org, config, read }) => {
    const username = await read(integrationUsername);
    const blueprint = { ...config.blueprint, integrationUsername: username?.value };
    return await readPeople(org, { ...config, blueprint });
  },
};

/** What the integration user may do. */
export interface IntegrationAccess {
  /** Names of permission sets and profile (as its own permission set) that give Send Email. */
  sendEmail: readonly string[];
  /** The same for API Enabled. */
  api: readonly string[];
  /** Ids of the profile and of every permission set the user has. */
  holds: ReadonlySet<string>;
}

interface AssignmentRow {
  PermissionSetId: string;
  PermissionSet: {
    ProfileId: string | null;
    Name: string;
    IsOwnedByProfile: boolean;
    Profile: { Name: string } | null;
    PermissionsEmailSingle: boolean;
    PermissionsApiEnabled: boolean;
  };
}

/** Profile, permission sets and groups together, as each is a row here. */
export const integrationAccess: Reading<IntegrationAccess> = {
  what: 'PermissionSetAssignment of the integration user',
  read: async ({ org, read }) => {
    const username = await read(integrationUsername);
    if (username === undefined) return { sendEmail: [], api: [], holds: new Set() };
    const rows = await org.query<AssignmentRow>(
      'SELECT PermissionSetId, PermissionSet.ProfileId, PermissionSet.Name, PermissionSet.IsOwnedByProfile, PermissionSet.Profile.Name, PermissionSet.PermissionsEmailSingle, PermissionSet.PermissionsApiEnabled ' +
        `FROM PermissionSetAssignment WHERE Assignee.Username = ${quoted([username.value])}`,
      'reading the permissions of the integration user',
    );
    const givers = (permission: 'PermissionsEmailSingle' | 'PermissionsApiEnabled') =>
      rows
        .filter(({ PermissionSet: set }) => set[permission])
        .map(({ PermissionSet: set }) => set.Profile?.Name ?? set.Name);
    const holds = new Set(rows.flatMap((row) => [row.PermissionSetId, row.PermissionSet.ProfileId ?? '']));
    return { sendEmail: givers('PermissionsEmailSingle'), api: givers('PermissionsApiEnabled'), holds };
  },
};

/** Whether the integration user has proved that the user's own address is theirs; undefined where this user may not see it. */
export const verifiedOwnAddress: Reading<boolean | undefined> = {
  what: 'TwoFactorMethodsInfo.HasUserVerifiedEmailAddress of the integration user',
  read: async ({ org, read }) => {
    const { integrationUser } = await read(people);
    if (integrationUser === undefined) return undefined;
    const rows = await org.query<{ HasUserVerifiedEmailAddress: boolean }>(
      `SELECT HasUserVerifiedEmailAddress FROM TwoFactorMethodsInfo WHERE UserId = ${quoted([integrationUser.id])}`,
      'reading whether the address of the integration user is verified',
    );
    return rows[0]?.HasUserVerifiedEmailAddress;
  },
};
