import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { appFiles, appMembers } from '../metadata/eca-package.ts';
import { startMetadataOrg } from '../metadata/metadata-org.ts';
import type { MetadataOrg } from '../metadata/metadata-org.ts';
import { deployFiles } from '../metadata/settings-org.ts';
import { rulesFile } from '../assignment/assignment-rules-file.ts';

let org: MetadataOrg;
beforeAll(async () => {
  org = await startMetadataOrg();
  await deployFiles(org, appMembers, appFiles());
  await deployFiles(
    org,
    { AssignmentRules: ['Case'] },
    {
      'assignmentRules/Case.assignmentRules': rulesFile({
        name: 'Standard',
        entries: [{ when: ['Case.Origin equals Phone'] }],
      }),
    },
  );
  const response = await fetch(`${org.url}/_local/mail/routing-addresses`, {
    method: 'POST',
    headers: { 'X-Local-Org-Control': 'test', 'content-type': 'application/json' },
    body: JSON.stringify({ emailAddress: 'care@example.com', caseOrigin: 'Email', casePriority: 'Medium' }),
  });
  expect(response.status).toBe(201);
  await org.rest('POST', '/sobjects/OrgWideEmailAddress', {
    Address: 'care@example.com',
    DisplayName: 'Care',
    IsAllowAllProfiles: true,
  });
  await org.rest('POST', '/sobjects/EmailDomainKey', {
    Domain: 'example.com',
    DomainMatch: 'DomainOnly',
    Selector: 'a',
    AlternateSelector: 'b',
    KeySize: 2048,
  });
  await org.rest('POST', '/sobjects/UserRole', { Name: 'CEO' });
});
afterAll(async () => {
  await org.close();
});

async function ask(api: string, soql: string): Promise<{ status: number; rows: Record<string, unknown>[] }> {
  const { status, body } = await org.rest('GET', `${api}/query?q=${encodeURIComponent(soql)}`);
  if (status !== 200) throw new Error(`${soql}: ${JSON.stringify(body)}`);
  return { status, rows: (body as { records: Record<string, unknown>[] }).records };
}

/** What whoever looks into an org asks of it, with the rows that this one has. */
describe('questions about an org', () => {
  it.each([
    [
      'SELECT Id, Name, InstanceName, IsSandbox, OrganizationType, TrialExpirationDate, NamespacePrefix FROM Organization',
      { OrganizationType: 'Developer Edition', IsSandbox: false, TrialExpirationDate: null, NamespacePrefix: null },
    ],
    [
      'SELECT PermissionsEmailSingle, PermissionsModifyMetadata FROM UserPermissionAccess',
      { PermissionsEmailSingle: true },
    ],
    ['SELECT Id, Name, UserLicense.Name, UserType FROM Profile', { UserType: 'Standard' }],
    ['SELECT Id, Name, DeveloperName, ParentRoleId FROM UserRole', { Name: 'CEO', DeveloperName: 'CEO' }],
    ["SELECT Id, Name, Active FROM AssignmentRule WHERE SobjectType = 'Case'", { Name: 'Standard', Active: true }],
    [
      'SELECT Domain, DomainMatch, IsActive, Selector, AlternateSelector, KeySize, TxtRecordName, AlternateTxtRecordName, TxtRecordsPublishState FROM EmailDomainKey',
      { Domain: 'example.com', KeySize: 2048 },
    ],
    [
      'SELECT Id, Address, DisplayName, IsAllowAllProfiles, IsVerified, Purpose FROM OrgWideEmailAddress',
      { Address: 'care@example.com', Purpose: 'UserSelection' },
    ],
    ['SELECT LocalPart, EmailDomainName, IsActive FROM EmailServicesAddress', { LocalPart: 'care', IsActive: true }],
    [
      'SELECT Id, Address, PersonalName, EmailServicesAddress FROM EmailRoutingAddress',
      { Address: 'care@example.com' },
    ],
    [
      "SELECT Id, DeveloperName, MasterLabel FROM ExternalClientApplication WHERE DeveloperName = 'OpenCX'",
      { MasterLabel: 'OpenCX' },
    ],
    ['SELECT IsActive FROM User', { IsActive: true }],
    [
      "SELECT Id, Username, IsActive, Profile.Name, Profile.UserLicense.Name, UserRole.DeveloperName FROM User WHERE Profile.UserLicense.Name = 'Salesforce'",
      { Profile: { Name: 'System Administrator', UserLicense: { Name: 'Salesforce' } }, UserRole: null },
    ],
    ['SELECT Id, Assignee.Username, PermissionSet.Name, PermissionSet.Profile.Name FROM PermissionSetAssignment', {}],
  ])('%s', async (soql, row) => {
    expect((await ask('', soql)).rows[0]).toMatchObject(row);
  });

  it('who may send mail is told by profile and permission sets in one', async () => {
    const soql = `SELECT Id FROM PermissionSetAssignment WHERE AssigneeId='${org.state.settings.adminUserId}' AND PermissionSet.PermissionsEmailSingle=true LIMIT 1`;
    expect((await ask('', soql)).rows).toHaveLength(1);
  });

  it.each([
    'SELECT Id, DomainName, IsDomainOwnershipVerified FROM AuthorizedEmailDomain',
    'SELECT Id, Metadata FROM CaseSettings',
    'SELECT Id, Metadata FROM DeploymentSettings',
    'SELECT Id, DeveloperName, TableEnumOrId FROM CustomField',
    'SELECT Id, Name, Status, IsValid, Body, TableEnumOrId, ApiVersion, LengthWithoutComments, NamespacePrefix, BodyCrc, UsageBeforeInsert, UsageAfterInsert, UsageAfterUpdate FROM ApexTrigger',
    'SELECT Id, Name, Status, IsValid, Body, ApiVersion, LengthWithoutComments, NamespacePrefix, BodyCrc FROM ApexClass',
    'SELECT Id, Status, StartDate, CompletedDate FROM DeployRequest ORDER BY CreatedDate DESC LIMIT 5',
  ])('the Tooling API: %s', async (soql) => {
    expect(await ask('/tooling', soql)).toMatchObject({ status: 200 });
  });

  it('what is left of the limits of a day', async () => {
    expect((await org.rest('GET', '/limits')).body).toMatchObject({
      SingleEmail: { Max: 50, Remaining: 50 },
      MassEmail: { Max: 10 },
      DailyApiRequests: { Max: expect.any(Number) },
      DailyAsyncApexExecutions: { Max: 250_000 },
      DailyAsyncApexTests: { Max: 500 },
    });
  });
});
