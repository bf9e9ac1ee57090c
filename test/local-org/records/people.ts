import { clientFor } from '../core/org-client.ts';
import type { OrgClient } from '../core/org-client.ts';

/** Values of a new user with all that Salesforce requires. */
export async function newUser(client: OrgClient, more: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  const { body } = await client.query("SELECT Id FROM Profile WHERE Name = 'Standard User'");
  return {
    Username: 'rep@example.com',
    LastName: 'Rep',
    Email: 'rep@example.com',
    Alias: 'rep',
    ProfileId: body.records[0].Id as string,
    TimeZoneSidKey: 'Europe/Berlin',
    LocaleSidKey: 'de_DE_EURO',
    EmailEncodingKey: 'UTF-8',
    LanguageLocaleKey: 'en_US',
    ...more,
  };
}

/** A client of a new user's with one of the org's profiles. */
export async function clientOfUser(
  client: OrgClient,
  profile: string,
  more: Record<string, unknown> = {},
): Promise<OrgClient & { readonly userId: string }> {
  const { body } = await client.query(`SELECT Id FROM Profile WHERE Name = '${profile}'`);
  const name = `${profile.toLowerCase().replaceAll(/\W+/g, '-')}@example.com`;
  const values = { Username: name, ProfileId: body.records[0].Id as string, ...more };
  const userId = await client.create('User', await newUser(client, values));
  const session = await client.control('POST', 'sessions', { username: values.Username, lifetimeSeconds: 1e9 });
  return { ...clientFor(client.org, session.body.accessToken as string, client.bugs), userId };
}

/** Assigns a new permission set with user permissions, e.g. `ViewSetup`. */
export async function grant(client: OrgClient, userId: string, ...permissions: string[]): Promise<void> {
  const granted = Object.fromEntries(permissions.map((name) => [`Permissions${name}`, true]));
  const name = `Grants_${permissions.join('_')}`;
  const setId = await client.create('PermissionSet', { Name: name, Label: name, ...granted });
  await client.create('PermissionSetAssignment', { AssigneeId: userId, PermissionSetId: setId });
}
