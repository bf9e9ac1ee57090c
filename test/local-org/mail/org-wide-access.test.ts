import { describe, expect, it } from 'vitest';

import { automatedProcessUser } from '../../../src/local-org/mail/receive/automated-process.ts';
import { sendMail } from '../../../src/local-org/mail/send/send-mail.ts';
import { API, errorOf } from '../core/org-client.ts';
import type { Answer } from '../core/org-client.ts';
import { deployByRest } from '../metadata/deploy-by-rest.ts';
import { manifest, permissionSet } from '../metadata/package-zip.ts';
import { clientOfUser } from '../records/people.ts';
import { mailOrg, outgoing, records } from './mail-org.ts';

const stage = mailOrg();

/** A verified address that is open to those who are named. */
async function closedAddress(more: object = {}): Promise<string> {
  const values = { Address: 'care@example.com', DisplayName: 'Care', Purpose: 'UserSelection', ...more };
  const id = await stage.client.create('OrgWideEmailAddress', values);
  await stage.client.control('PATCH', `mail/org-wide-addresses/${id}`, { isVerified: true });
  return id;
}
/** `sent`, or why not. */
function sending(orgWideEmailAddressId: string, userId: string): unknown {
  const { state } = stage.client.org;
  const mail = outgoing(stage.client, { orgWideEmailAddressId, userId });
  const outcome = state.transaction(() => sendMail(state, mail));
  return outcome.success ? 'sent' : outcome.problem;
}
const profileOf = (userId: string): unknown => stage.client.org.state.records.get('User', userId)?.['ProfileId'];
const post = (sobject: string, values: object): Promise<Answer> =>
  stage.client.call('POST', `${API}/sobjects/${sobject}`, values);

const refusal = {
  statusCode: 'INSUFFICIENT_ACCESS_OR_READONLY',
  message: 'Not profiled to access this Org-wide Email Address',
};

describe('an organization-wide address that is not open to all profiles', () => {
  it('is for nobody at first, and then for the profiles that are listed', async () => {
    const addressId = await closedAddress();
    const user = await clientOfUser(stage.client, 'Standard User');
    expect(sending(addressId, user.userId)).toMatchObject({
      ...refusal,
      fields: ['orgWideEmailAddressId', addressId],
    });
    const row = { OrgWideEmailAddressId: addressId, ParentId: profileOf(user.userId) };
    const id = await stage.client.create('OrgEmailAddressSecurity', row);
    expect(sending(addressId, user.userId)).toBe('sent');
    expect(sending(addressId, stage.client.org.state.settings.adminUserId)).toMatchObject(refusal);
    const soql =
      'SELECT OrgWideEmailAddress.Address, Parent.Name FROM OrgEmailAddressSecurity ORDER BY OrgWideEmailAddress.Address';
    expect(await records(stage.client, soql)).toMatchObject([
      { OrgWideEmailAddress: { Address: 'care@example.com' }, Parent: { Name: 'Standard User' } },
    ]);
    expect(errorOf(await post('OrgEmailAddressSecurity', row)).errorCode).toBe('DUPLICATE_VALUE');
    const change = await stage.client.call('PATCH', `${API}/sobjects/OrgEmailAddressSecurity/${id}`, row);
    expect(errorOf(change).errorCode).toBe('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY');
    await stage.client.call('DELETE', `${API}/sobjects/OrgEmailAddressSecurity/${id}`);
    expect(sending(addressId, user.userId)).toMatchObject(refusal);
  });

  it('is for who has a permission set that names it, which no OrgEmailAddressSecurity row tells', async () => {
    const { client } = stage;
    const addressId = await closedAddress();
    const user = await clientOfUser(client, 'Standard User');
    const setId = await client.create('PermissionSet', { Name: 'Senders', Label: 'Senders' });
    await client.create('PermissionSetAssignment', { AssigneeId: user.userId, PermissionSetId: setId });
    await client.create('SetupEntityAccess', { ParentId: setId, SetupEntityId: addressId });
    expect(sending(addressId, user.userId)).toBe('sent');
    const access = "SELECT Parent.Name FROM SetupEntityAccess WHERE SetupEntityType = 'OrgWideEmailAddress'";
    expect(await records(client, access)).toMatchObject([{ Parent: { Name: 'Senders' } }]);
    expect(await records(client, 'SELECT Id FROM OrgEmailAddressSecurity')).toEqual([]);
  });

  it('is never for the automated process, which has no profile', async () => {
    const { state } = stage.client.org;
    const process = automatedProcessUser(state);
    expect(sending(await closedAddress(), process)).toMatchObject(refusal);
    expect(sending(await closedAddress({ Address: 'all@example.com', IsAllowAllProfiles: true }), process)).toBe(
      'sent',
    );
  });

  it('takes its access along when it is deleted', async () => {
    const { client } = stage;
    const addressId = await closedAddress();
    const { adminUserId } = client.org.state.settings;
    await client.create('OrgEmailAddressSecurity', {
      OrgWideEmailAddressId: addressId,
      ParentId: profileOf(adminUserId),
    });
    const children = '(SELECT ParentId FROM OrgEmailAddressSecurityItems)';
    expect(await records(client, `SELECT Id, ${children} FROM OrgWideEmailAddress`)).toMatchObject([
      { OrgEmailAddressSecurityItems: { totalSize: 1 } },
    ]);
    await client.call('DELETE', `${API}/sobjects/OrgWideEmailAddress/${addressId}`);
    expect(await records(client, 'SELECT Id FROM OrgEmailAddressSecurity')).toEqual([]);
  });
});

describe('the purpose of an organization-wide address', () => {
  it.each(['UserSelection', 'DefaultNoreply', 'UserSelectionAndDefaultNoReply'])(
    'can be %s, given at first or later',
    async (Purpose) => {
      const { client } = stage;
      await closedAddress({ Purpose });
      const id = await closedAddress({ Address: 'later@example.com' });
      await client.call('PATCH', `${API}/sobjects/OrgWideEmailAddress/${id}`, { Purpose });
      const rows = await records(client, 'SELECT Purpose, IsVerified FROM OrgWideEmailAddress');
      expect(rows).toMatchObject([
        { Purpose, IsVerified: true },
        { Purpose, IsVerified: true },
      ]);
    },
  );
});

it('a permission set that is deployed keeps the addresses it lets in to', async () => {
  const { client } = stage;
  const addressId = await closedAddress();
  const setId = await client.create('PermissionSet', { Name: 'Senders', Label: 'Senders' });
  await client.create('SetupEntityAccess', { ParentId: setId, SetupEntityId: addressId });
  const files = {
    'package.xml': manifest({ PermissionSet: ['Senders'] }),
    'permissionsets/Senders.permissionset': permissionSet([], ['<description>Deployed</description>']),
  };
  expect(await deployByRest(client, files)).toMatchObject({ status: 'Succeeded' });
  expect(await records(client, "SELECT Description FROM PermissionSet WHERE Name = 'Senders'")).toMatchObject([
    { Description: 'Deployed' },
  ]);
  expect(await records(client, 'SELECT SetupEntityId FROM SetupEntityAccess')).toMatchObject([
    { SetupEntityId: addressId },
  ]);
});
