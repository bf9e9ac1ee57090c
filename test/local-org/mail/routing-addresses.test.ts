import { describe, expect, it } from 'vitest';

import { mailOrg, rawMail, receive, records, routingAddress } from './mail-org.ts';

const org = mailOrg();
const path = 'mail/routing-addresses';

describe('routing addresses', () => {
  it('are made, changed and deleted, with the records that stand for them', async () => {
    const made = await routingAddress(org.client, { routingName: 'OpenCX Support', isVerified: false });
    expect(made).toMatchObject({
      routingName: 'OpenCX Support',
      emailAddress: 'support@example.com',
      saveEmailHeaders: false,
      createTask: false,
      caseOwner: '',
      caseOwnerType: 'User',
      casePriority: 'Medium',
      caseOrigin: 'Email',
      authorizedSenders: '',
      addressType: 'EmailToCase',
      isVerified: false,
    });
    expect((await org.client.control('GET', path)).body).toEqual({ routingAddresses: [made] });
    expect(await records(org.client, 'SELECT Id, PersonalName, Address FROM EmailRoutingAddress')).toMatchObject([
      { Id: made.id, PersonalName: 'OpenCX Support', Address: 'support@example.com' },
    ]);
    const [service] = await records(
      org.client,
      'SELECT LocalPart, EmailDomainName, IsActive FROM EmailServicesAddress',
    );
    expect(`${service.LocalPart}@${service.EmailDomainName}`).toBe(made.emailServicesAddress);

    const changed = (await org.client.control('PATCH', `${path}/${made.id}`, { saveEmailHeaders: true })).body;
    expect(changed).toEqual({ ...made, saveEmailHeaders: true });
    expect((await org.client.control('DELETE', `${path}/${made.id}`)).status).toBe(204);
    expect((await org.client.control('GET', path)).body).toEqual({ routingAddresses: [] });
    expect(await records(org.client, 'SELECT Id FROM EmailServicesAddress')).toEqual([]);
  });

  it('cannot be made by the data API before Email-to-Case is on', async () => {
    const values = { PersonalName: 'Help', Address: 'support@example.com' };
    const answer = await org.client.call('POST', '/services/data/v68.0/sobjects/EmailRoutingAddress', values);
    expect(answer).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_TYPE' }] });
  });

  it('made by the data API have a generated address, and are not verified', async () => {
    await org.client.control('PATCH', 'mail/settings', { emailToCase: true });
    const id = await org.client.create('EmailRoutingAddress', { PersonalName: 'Help', Address: 'support@example.com' });
    expect((await receive(org.client, rawMail())).body.reason).toBe('not-verified');
    const [made] = (await org.client.control('GET', path)).body.routingAddresses;
    expect(made).toMatchObject({ id, isVerified: false, emailServicesAddress: expect.stringMatching(/^support@l-/) });
    const again = { PersonalName: 'Again', Address: 'Support@example.com' };
    const twin = await org.client.call('POST', '/services/data/v68.0/sobjects/EmailRoutingAddress', again);
    expect(twin.body[0].errorCode).toBe('DUPLICATE_VALUE');
    expect((await org.client.call('DELETE', `/services/data/v68.0/sobjects/EmailRoutingAddress/${id}`)).status).toBe(
      204,
    );
    expect(await records(org.client, 'SELECT Id FROM EmailServicesAddress')).toEqual([]);
  });

  it.each([
    ['emailAddress', { emailAddress: 'nowhere' }],
    ['Missing casePriority', { casePriority: '' }],
    ['Missing caseOrigin', { caseOrigin: '' }],
    ['no User named nobody@x.test found', { caseOwner: 'nobody@x.test' }],
    ['no Queue named Nowhere found', { caseOwner: 'Nowhere', caseOwnerType: 'Queue' }],
    ['routingFlow', { routingFlow: 'My_Flow' }],
    ['isPermsetControlled', { isPermsetControlled: true }],
  ])('refuse with %s', async (message, changes) => {
    const init = { emailAddress: 'support@example.com', caseOrigin: 'Email', casePriority: 'Medium' };
    const { status, body } = await org.client.control('POST', path, { ...init, ...changes });
    expect(status).toBe(400);
    expect(body[0].message).toContain(message);
  });

  it('say so where they cannot make a task of each mail', async () => {
    const init = { emailAddress: 'support@example.com', caseOrigin: 'Email', casePriority: 'Medium', createTask: true };
    const { status, body } = await org.client.control('POST', path, init);
    expect(status).toBe(501);
    expect(body[0]).toMatchObject({
      errorCode: 'LOCAL_ORG_NOT_IMPLEMENTED',
      message: expect.stringContaining('createTask'),
    });
  });

  it('are not made twice for one address', async () => {
    await routingAddress(org.client);
    const again = { emailAddress: 'Support@Example.com', caseOrigin: 'Email', casePriority: 'Low' };
    expect((await org.client.control('POST', path, again)).status).toBe(400);
  });

  it('that do not exist are not found', async () => {
    expect((await org.client.control('PATCH', `${path}/01Y000000000001AAA`, {})).status).toBe(404);
    expect((await org.client.control('DELETE', `${path}/01Y000000000001AAA`)).status).toBe(404);
  });
});
