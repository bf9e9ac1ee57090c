import { afterAll, beforeAll, expect, it } from 'vitest';

import { API, errorOf, openOrgClient } from '../core/org-client.ts';
import type { OrgClient } from '../core/org-client.ts';

let client: OrgClient;
beforeAll(async () => {
  client = await openOrgClient();
});
afterAll(async () => {
  await client.close();
  expect(client.bugs).toEqual([]);
});

const address = {
  Address: 'care@example.com',
  DisplayName: 'Care',
  IsAllowAllProfiles: true,
  Purpose: 'UserSelection',
};

it('an organization-wide address is made once, gets its mail, and goes', async () => {
  const id = await client.create('OrgWideEmailAddress', address);
  const soql = 'SELECT Id, Address, DisplayName, IsAllowAllProfiles, IsVerified, Purpose FROM OrgWideEmailAddress';
  expect((await client.query(soql)).body.records).toMatchObject([{ ...address, IsVerified: false }]);
  expect((await client.control('GET', 'mail')).body.mail).toMatchObject([{ to: ['care@example.com'] }]);
  const again = await client.call('POST', `${API}/sobjects/OrgWideEmailAddress`, {
    ...address,
    Address: 'CARE@example.com',
  });
  expect(errorOf(again)).toMatchObject({ status: 400, errorCode: 'DUPLICATE_VALUE' });
  expect((await client.call('DELETE', `${API}/sobjects/OrgWideEmailAddress/${id}`)).status).toBe(204);
  expect((await client.query(soql)).body.totalSize).toBe(0);
  await client.create('OrgWideEmailAddress', address);
});

it.each([
  [{ Address: 'nobody' }, 'INVALID_EMAIL_ADDRESS'],
  [{ Address: 'other@example.com', Purpose: 'Anything' }, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'],
  [{ Address: 'other@example.com', DisplayName: null }, 'REQUIRED_FIELD_MISSING'],
])('%o is refused', async (values, errorCode) => {
  const answer = await client.call('POST', `${API}/sobjects/OrgWideEmailAddress`, { ...address, ...values });
  expect(errorOf(answer)).toMatchObject({ status: 400, errorCode });
});
