import type { Config } from '../../../config/config-schema.ts';
import type { Org } from '../../../salesforce/org.ts';
import { quoted } from '../../org/soql-literal.ts';
import type { Assignment, OrgUser, Queue, RunningUser, SetupFacts } from './setup-facts.ts';

interface UserRow {
  Id: string;
  Username: string;
  Email: string | null;
  IsActive: boolean;
  Profile: { Name: string; UserLicense: { Name: string } | null } | null;
  UserRole: { Name: string; DeveloperName: string } | null;
}

const userFields =
  'SELECT Id, Username, Email, IsActive, Profile.Name, Profile.UserLicense.Name, UserRole.Name, UserRole.DeveloperName FROM User';
/** What a new user is given as the one who makes it has it. */
const localeFields = ['TimeZoneSidKey', 'LocaleSidKey', 'LanguageLocaleKey', 'EmailEncodingKey'];

/** Permissions that some step needs, or that are worth a note. */
const askedPermissions = [
  'ApiEnabled',
  'AssignPermissionSets',
  'AuthorApex',
  'CustomizeApplication',
  'EmailSingle',
  'ManageUsers',
  'ModifyMetadata',
  'ViewSetup',
];

/** Who this session is, and what that user may do (`UserPermissionAccess` tells it of the running user alone). */
export async function readRunningUser(org: Org): Promise<RunningUser> {
  const id = await org.userId();
  const [users, access] = await Promise.all([
    org.query<Record<string, string>>(
      `SELECT Username, Email, ${localeFields.join(', ')} FROM User WHERE Id = ${quoted([id])}`,
      'reading the running user',
    ),
    org.query<Record<string, unknown>>(
      `SELECT ${askedPermissions.map((name) => `Permissions${name}`).join(', ')} FROM UserPermissionAccess`,
      'reading the permissions of the running user',
    ),
  ]);
  const [user = {}] = users;
  const [row = {}] = access;
  return {
    id,
    username: user['Username'] ?? '',
    email: user['Email'] ?? '',
    permissions: new Set(askedPermissions.filter((name) => row[`Permissions${name}`] === true)),
    locale: Object.fromEntries(localeFields.map((field) => [field, user[field] ?? ''])),
  };
}

/** The integration user, reps and queue members that a configuration names. */
export async function readPeople(
  org: Org,
  { blueprint, setup }: Config,
): Promise<Pick<SetupFacts, 'integrationUser' | 'reps' | 'queueMembers' | 'unknownNames' | 'profiles'>> {
  const { profiles, roles, usernames } = setup.reps;
  const { members } = setup.emailToCase.queue;
  const [own, reps, queueMembers, roleRows, profileRows] = await Promise.all([
    org.query<UserRow>(
      `${userFields} WHERE Username = ${quoted([blueprint.integrationUsername ?? ''])}`,
      'reading the integration user',
    ),
    activeUsers(org, [
      listed('Profile.Name', profiles),
      listed('UserRole.DeveloperName', roles),
      listed('UserRole.Name', roles),
      listed('Username', usernames),
    ]),
    activeUsers(org, [listed('Username', members)]),
    roles.length === 0
      ? []
      : org.query<{ Name: string; DeveloperName: string }>('SELECT Name, DeveloperName FROM UserRole', 'reading roles'),
    org.query<{ Name: string; UserLicense: { Name: string } | null }>(
      'SELECT Name, UserLicense.Name FROM Profile',
      'reading profiles',
    ),
  ]);
  const found = [
    ...roleRows.flatMap((one) => [one.Name, one.DeveloperName]),
    ...profileRows.map((one) => one.Name),
    ...[...reps, ...queueMembers].map((one) => one.Username),
  ];
  const lower = new Set(found.map((name) => name.toLowerCase()));
  return {
    integrationUser: own[0] === undefined ? undefined : userOf(own[0]),
    reps: reps.map(userOf),
    queueMembers: queueMembers.map(userOf),
    unknownNames: [...profiles, ...roles, ...usernames, ...members].filter((name) => !lower.has(name.toLowerCase())),
    profiles: profileRows.map((one) => ({ name: one.Name, license: one.UserLicense?.Name ?? '' })),
  };
}

function listed(field: string, names: readonly string[]): string | undefined {
  return names.length === 0 ? undefined : `${field} IN (${quoted(names)})`;
}

async function activeUsers(org: Org, conditions: readonly (string | undefined)[]): Promise<UserRow[]> {
  const wanted = conditions.filter((one) => one !== undefined);
  if (wanted.length === 0) return [];
  return await org.query<UserRow>(`${userFields} WHERE IsActive = true AND (${wanted.join(' OR ')})`, 'reading users');
}

function userOf(row: UserRow): OrgUser {
  return {
    id: row.Id,
    username: row.Username,
    isActive: row.IsActive,
    profile: row.Profile?.Name ?? '',
    license: row.Profile?.UserLicense?.Name ?? '',
    email: row.Email ?? '',
  };
}

/** Who has one of the permission sets. */
export async function readAssignments(org: Org, permissionSets: readonly string[]): Promise<Assignment[]> {
  const rows = await org.query<{ Assignee: { Username: string }; PermissionSet: { Name: string } }>(
    `SELECT Assignee.Username, PermissionSet.Name FROM PermissionSetAssignment WHERE PermissionSet.Name IN (${quoted(permissionSets)})`,
    'reading permission set assignments',
  );
  return rows.map((row) => ({
    username: row.Assignee.Username.toLowerCase(),
    permissionSet: row.PermissionSet.Name,
  }));
}

/** All queues, and which of them take Cases. */
export async function readQueues(org: Org): Promise<Queue[]> {
  const [groups, objects, members] = await Promise.all([
    org.query<{ Id: string; DeveloperName: string }>(
      "SELECT Id, DeveloperName FROM Group WHERE Type = 'Queue'",
      'reading queues',
    ),
    org.query<{ QueueId: string }>("SELECT QueueId FROM QueueSobject WHERE SobjectType = 'Case'", 'reading queues'),
    org.query<{ GroupId: string; UserOrGroupId: string }>(
      "SELECT GroupId, UserOrGroupId FROM GroupMember WHERE Group.Type = 'Queue'",
      'reading queue members',
    ),
  ]);
  const forCases = new Set(objects.map((one) => one.QueueId));
  return groups.map((group) => ({
    developerName: group.DeveloperName,
    takesCases: forCases.has(group.Id),
    memberIds: members.filter((one) => one.GroupId === group.Id).map((one) => one.UserOrGroupId),
  }));
}
