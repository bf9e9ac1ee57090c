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
