import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { API, errorOf, openOrgClient } from '../core/org-client.ts';
import type { Answer, OrgClient } from '../core/org-client.ts';
import { clientOfUser, grant } from './people.ts';

let admin: OrgClient;
beforeEach(async () => {
  admin = await openOrgClient();
});
afterEach(async () => {
  expect(admin.bugs).toEqual([]);
  await admin.close();
});

const MINIMUM = 'Minimum Access - Salesforce';

describe('a user without API Enabled', () => {
  it('is let in nowhere in the REST API but to the list of versions', async () => {
    const user = await clientOfUser(admin, MINIMUM);
    const refused = {
      status: 403,
      errorCode: 'API_DISABLED_FOR_ORG',
      message: 'The REST API is not enabled for this Organization.',
    };
    expect(errorOf(await user.query('SELECT Id FROM Case'))).toEqual(refused);
    expect(errorOf(await user.call('GET', API))).toEqual(refused);
    expect(errorOf(await user.call('GET', `${API}/limits`))).toEqual(refused);
    expect(errorOf(await user.call('POST', `${API}/sobjects/Case`, { Subject: 'No' }))).toEqual(refused);
    expect(errorOf(await user.tooling('SELECT Id FROM ApexClass'))).toEqual(refused);
    expect((await user.call('GET', '/services/data')).status).toBe(200);
    expect((await user.call('GET', '/services/oauth2/userinfo')).status).toBe(200);
  });

  it('is let in from the moment that a permission set grants it', async () => {
    const user = await clientOfUser(admin, MINIMUM);
    await grant(admin, user.userId, 'ApiEnabled');
    expect((await user.query('SELECT Id FROM Case')).status).toBe(200);
  });
});

describe('a user without View Setup and Configuration', () => {
  let user: OrgClient & { readonly userId: string };
  beforeEach(async () => {
    user = await clientOfUser(admin, MINIMUM);
    await grant(admin, user.userId, 'ApiEnabled');
  });
  const hidden = (answer: Answer, sobject: string): void => {
    expect(errorOf(answer)).toEqual({
      status: 400,
      errorCode: 'INVALID_TYPE',
      message: `sObject type '${sobject}' is not supported.`,
    });
  };

  it('sees no limits', async () => {
    expect(errorOf(await user.call('GET', `${API}/limits`))).toEqual({
      status: 403,
      errorCode: 'API_DISABLED_FOR_ORG',
      message: 'Limits resource is not enabled',
    });
  });

  it.each([
    'ApexClass',
    'ApexTrigger',
    'AsyncApexJob',
    'FieldPermissions',
    'NamedCredential',
    'OrgEmailAddressSecurity',
    'OrgWideEmailAddress',
    'PermissionSet',
    'PermissionSetAssignment',
    'SetupEntityAccess',
  ])('does not have %s in the data API', async (sobject) => {
    hidden(await user.query(`SELECT Id FROM ${sobject}`), sobject);
    expect((await user.call('GET', `${API}/sobjects/${sobject}/describe`)).status).toBe(404);
    expect((await admin.query(`SELECT Id FROM ${sobject}`)).status).toBe(200);
  });

  it.each(['ApexClass', 'ApexTrigger', 'CaseSettings', 'EmailAuthorizationSettings', 'NamedCredential'])(
    'does not have %s in the Tooling API',
    async (sobject) => {
      hidden(await user.tooling(`SELECT Id FROM ${sobject}`), sobject);
      expect((await admin.tooling(`SELECT Id FROM ${sobject}`)).status).toBe(200);
    },
  );

  it('finds them in no list, writes none of them, and reaches them by no relationship', async () => {
    const { body } = await user.call('GET', `${API}/sobjects`);
    const names = (body.sobjects as { name: string }[]).map(({ name }) => name);
    expect(names).toContain('Case');
    expect(names).not.toContain('OrgWideEmailAddress');
    const address = { Address: 'care@example.com', DisplayName: 'Care' };
    expect((await user.call('POST', `${API}/sobjects/OrgWideEmailAddress`, address)).status).toBe(404);
    const [result] = (
      await user.call('POST', `${API}/composite/sobjects`, {
        records: [{ attributes: { type: 'OrgWideEmailAddress' }, ...address }],
      })
    ).body as { errors: { statusCode: string }[] }[];
    expect(result?.errors).toMatchObject([{ statusCode: 'INVALID_TYPE' }]);
    const children = await user.query('SELECT Id, (SELECT Id FROM PermissionSetAssignments) FROM User');
    expect(errorOf(children)).toMatchObject({ status: 400, errorCode: 'INVALID_TYPE' });
  });

  it('has an object that is no setup, and an unknown one is told apart by its hint', async () => {
    expect((await user.query('SELECT Id FROM EmailMessage')).status).toBe(200);
    const { errorCode, message } = errorOf(await user.query('SELECT Id FROM Nonsense'));
    expect(errorCode).toBe('INVALID_TYPE');
    expect(message).toContain("append the '__c'");
  });

  it('sees it all once it is granted, and Apex for who may write it', async () => {
    await grant(admin, user.userId, 'AuthorApex');
    expect((await user.tooling('SELECT Id, Body FROM ApexClass')).status).toBe(200);
    hidden(await user.query('SELECT Id FROM OrgWideEmailAddress'), 'OrgWideEmailAddress');
    await grant(admin, user.userId, 'ViewSetup');
    expect((await user.query('SELECT Id FROM OrgWideEmailAddress')).status).toBe(200);
    expect((await user.call('GET', `${API}/limits`)).status).toBe(200);
  });
});

it('a standard user looks at Setup and runs no anonymous Apex', async () => {
  const user = await clientOfUser(admin, 'Standard User');
  expect((await user.query('SELECT Id FROM OrgWideEmailAddress')).status).toBe(200);
  const anonymous = await user.call('GET', `${API}/tooling/executeAnonymous/?anonymousBody=Integer%20i;`);
  expect(errorOf(anonymous)).toMatchObject({ status: 403, errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY' });
});
