import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';

import { manifest, zipOf } from './package-zip.ts';
import { administrator, control, deployFiles, metadataOrg, settingsFile } from './settings-org.ts';

const stage = metadataOrg();

interface Address {
  readonly emailAddress: string;
  readonly emailServicesAddress?: string;
  readonly isVerified?: boolean;
  readonly routingName?: string;
}

/** What turns Email-to-Case on in an org that never had it. */
const phaseA = {
  fullName: 'Case',
  defaultCaseOwner: '',
  defaultCaseOwnerType: 'User',
  useSystemUserAsDefaultCaseUser: true,
  systemUserEmail: 'system@example.com',
  emailToCase: {
    enableEmailToCase: true,
    enableOnDemandEmailToCase: true,
    enableThreadTokenInBody: true,
    useEmailHeadersForThreading: true,
  },
};

const forCases = { addressType: 'EmailToCase', caseOrigin: 'Email', casePriority: 'Medium' };

const address = (emailAddress: string, more: object = {}): Address => ({
  emailAddress,
  routingName: 'OpenCX Support',
  ...forCases,
  ...more,
});

interface Saved {
  readonly success: boolean;
  readonly errors: readonly { readonly statusCode: string; readonly message: string }[];
}

async function update(value: object, type = 'CaseSettings'): Promise<Saved> {
  return (await stage.org.connection.metadata.update(type as never, value as never)) as unknown as Saved;
}

async function enabled(): Promise<void> {
  const username = administrator(stage.org);
  expect(await update({ ...phaseA, defaultCaseOwner: username })).toMatchObject({ success: true });
}

const list = (...routingAddresses: object[]): object => ({ fullName: 'Case', emailToCase: { routingAddresses } });

async function addresses(): Promise<Address[]> {
  const read = (await stage.org.connection.metadata.read('CaseSettings' as never, 'Case')) as unknown as {
    emailToCase: { routingAddresses?: Address | Address[] };
  };
  return [read.emailToCase.routingAddresses ?? []].flat();
}

describe('Email-to-Case in a new org', () => {
  it('is off, and cannot be turned on together with its first address', async () => {
    const both = {
      ...phaseA,
      emailToCase: { ...phaseA.emailToCase, routingAddresses: [address('support@example.com')] },
    };
    const username = administrator(stage.org);
    expect(await update({ ...both, defaultCaseOwner: username })).toMatchObject({
      success: false,
      errors: [{ message: expect.stringContaining("We couldn't save your routing address") }],
    });
    expect(await addresses()).toEqual([]);
  });

  it('asks for an owner and a user of its automated changes first', async () => {
    const { emailToCase } = phaseA;
    const username = administrator(stage.org);
    const owner = { defaultCaseOwner: username, defaultCaseOwnerType: 'User' };
    const messages: (string | undefined)[] = [];
    for (const value of [
      { emailToCase },
      { emailToCase, ...owner },
      { emailToCase, ...owner, useSystemUserAsDefaultCaseUser: true },
      { emailToCase, ...owner, useSystemUserAsDefaultCaseUser: true, defaultCaseUser: username },
      { emailToCase, ...owner, defaultCaseOwner: 'nobody@example.com' },
      { emailToCase: { enableOnDemandEmailToCase: true }, ...owner, defaultCaseUser: username },
    ]) {
      messages.push((await update({ fullName: 'Case', ...value })).errors[0]?.message);
    }
    expect(messages).toEqual([
      'On-Demand Email-to-Case requires a Default Case Owner',
      'On-Demand Email-to-Case requires an Automated Case User',
      "Enter the system user's email address",
      'You can specify either defaultCaseUser or useSystemUserAsDefaultCaseUser, but not both',
      'In field: defaultCaseOwner - no User named nobody@example.com found',
      'Enable Email-to-Case before you enable On-Demand Service.',
    ]);
  });

  it('gets its addresses in a second call, and is never off again', async () => {
    await enabled();
    expect(await update(list(address('support@example.com')))).toMatchObject({ success: true });
    const [made, ...more] = await addresses();
    expect(more).toEqual([]);
    expect(made).toMatchObject({
      emailAddress: 'support@example.com',
      routingName: 'support@example.com',
      isVerified: false,
      emailServicesAddress: expect.stringMatching(/^support@l-.*\.case\.salesforce\.com$/),
    });
    expect(await update({ fullName: 'Case', emailToCase: { enableEmailToCase: false } })).toMatchObject({
      success: false,
      errors: [{ message: expect.stringContaining("can't be disabled") }],
    });
    // What was not mentioned is as it was.
    expect((await control(stage.org, 'GET', 'mail/settings')).body).toMatchObject({
      emailToCase: true,
      useEmailHeadersForThreading: true,
    });
  });

  it('is not provided by flipping On-Demand alone', async () => {
    const username = administrator(stage.org);
    const owner = { defaultCaseOwner: username, defaultCaseOwnerType: 'User', defaultCaseUser: username };
    const switches = [{ enableEmailToCase: true }, { enableOnDemandEmailToCase: true }];
    for (const emailToCase of switches)
      expect(await update({ fullName: 'Case', ...owner, emailToCase })).toMatchObject({ success: true });
    const refused = await update(list(address('support@example.com')));
    expect(refused.errors[0]?.message).toContain('custom email services named EmailToCase');
  });
});

describe('a list of routing addresses', () => {
  it('takes the place of the former one: what is left out is deleted, and new ones go first', async () => {
    await enabled();
    await update(list(address('support@example.com')));
    const [first] = await addresses();
    await update(list(address('sales@example.com'), address('support@example.com', { saveEmailHeaders: true })));
    const kept = await addresses();
    expect(kept.map(({ emailAddress }) => emailAddress)).toEqual(['support@example.com', 'sales@example.com']);
    expect(kept[0]).toMatchObject({ emailServicesAddress: first?.emailServicesAddress, saveEmailHeaders: true });

    // An address of the org before a new one is lost.
    await update(list(address('support@example.com'), address('billing@example.com'), address('sales@example.com')));
    expect((await addresses()).map(({ emailAddress }) => emailAddress).sort()).toEqual([
      'billing@example.com',
      'sales@example.com',
    ]);
    // Made again, it has another generated address, and is to be verified again.
    await update(list(address('support@example.com'), address('billing@example.com'), address('sales@example.com')));
    const again = (await addresses()).find(({ emailAddress }) => emailAddress === 'support@example.com');
    expect(again?.emailServicesAddress).not.toBe(first?.emailServicesAddress);
    expect(stage.org.state.records.all('EmailServicesAddress')).toHaveLength(3);
  });

  it.each([
    ['Missing casePriority', { casePriority: '' }],
    ['Missing caseOrigin', { caseOrigin: '' }],
    ['In field: caseOwner - no Queue named Tier_1 found', { caseOwner: 'Tier_1', caseOwnerType: 'Queue' }],
    ['Missing or invalid caseOwnerType: it must be User or Queue', { caseOwner: 'Tier_1' }],
    ['emailAddress: invalid email address: nowhere', { emailAddress: 'nowhere' }],
    ['emailServicesAddress is read-only: leave it out', { emailServicesAddress: 'x@y.test' }],
    ['isVerified is read-only: leave it out', { isVerified: true }],
    [
      'LOCAL_ORG_NOT_IMPLEMENTED: The local org does not implement the element createTask of EmailToCaseRoutingAddress.',
      { createTask: true },
    ],
    ['Routing addresses of type E2cEasy can be created only in Service Setup', { addressType: 'E2cEasy' }],
  ])('is refused with: %s', async (message, changes) => {
    await enabled();
    const refused = await update(list(address('support@example.com', changes)));
    expect(refused).toMatchObject({ success: false, errors: [{ statusCode: 'FIELD_INTEGRITY_EXCEPTION', message }] });
  });

  it('may name a queue of cases, which becomes the default owner, too', async () => {
    await enabled();
    const { connection, state } = stage.org;
    const queue = await connection.sobject('Group').create({ Name: 'Tier 1', DeveloperName: 'Tier_1', Type: 'Queue' });
    const owned = list(address('support@example.com', { caseOwner: 'Tier_1', caseOwnerType: 'Queue' }));
    expect(await update(owned)).toMatchObject({ success: false });
    await connection.sobject('QueueSobject').create({ QueueId: queue.id ?? '', SobjectType: 'Case' });
    expect(await update(owned)).toMatchObject({ success: true });
    const read = await connection.metadata.read('CaseSettings' as never, 'Case');
    expect(read).toMatchObject({ defaultCaseOwner: 'Tier_1', defaultCaseOwnerType: 'Queue' });
    expect(state.records.all('EmailRoutingAddress')).toHaveLength(1);
  });

  it('is verified by the link in the mail that each new address gets', async () => {
    await enabled();
    await update(list(address('support@example.com')));
    const { mail } = (await control(stage.org, 'GET', 'mail')).body as { mail: { id: string; to: string[] }[] };
    expect(mail).toMatchObject([{ to: ['support@example.com'], from: { name: 'Salesforce' } }]);
    const { text } = (await control(stage.org, 'GET', `mail/${mail[0]?.id ?? ''}`)).body as { text: string };
    const link = /http\S+/.exec(text)?.[0] ?? '';
    // A person follows it: no header, no session.
    expect((await fetch(`${link}x`)).status).toBe(404);
    expect((await fetch(link)).status).toBe(200);
    expect(await addresses()).toMatchObject([{ isVerified: true }]);
    // A retrieve's own values come back unharmed.
    expect(await update(list(...(await addresses())))).toMatchObject({ success: true });
    expect(await addresses()).toMatchObject([{ isVerified: true }]);
  });
});

describe('settings files', () => {
  it('are deployed, listed and retrieved under the type Settings', async () => {
    const member = { Settings: ['EmailAuthorization'] };
    const file = settingsFile('EmailAuthorization', [
      '<enableSubstituteFromAddress>true</enableSubstituteFromAddress>',
    ]);
    const done = await deployFiles(stage.org, member, file);
    expect(done).toMatchObject({ status: 'Succeeded', successes: [{ componentType: 'Settings', changed: true }] });
    const again = await deployFiles(stage.org, member, file);
    expect(again).toMatchObject({ status: 'Succeeded', successes: [{ changed: false, created: false }] });
    expect((await control(stage.org, 'GET', 'mail/settings')).body).toMatchObject({ substituteFrom: true });

    const { metadata } = stage.org.connection;
    const listed = await metadata.list([{ type: 'Settings' }], '68.0');
    expect(listed.map(({ fullName }) => fullName).sort()).toEqual([
      'Case',
      'ConnectedApp',
      'Deployment',
      'EmailAuthorization',
      'ExternalClientApp',
      'OauthOidc',
    ]);
    const request = {
      apiVersion: '68.0',
      singlePackage: true,
      unpackaged: { types: [{ name: 'Settings', members: ['EmailAuthorization', 'Case'] }], version: '68.0' },
    };
    const { zipFile } = await metadata.retrieve(request as never).complete();
    const files = unzipSync(Buffer.from(zipFile, 'base64'));
    expect(Object.keys(files).sort()).toEqual([
      'package.xml',
      'settings/Case.settings',
      'settings/EmailAuthorization.settings',
    ]);
    const text = Buffer.from(files['settings/EmailAuthorization.settings'] ?? []).toString();
    expect(text).toContain('<enableSubstituteFromAddress>true</enableSubstituteFromAddress>');
  });

  it('come back from a retrieve as they are', async () => {
    await enabled();
    await update(list(address('support@example.com')));
    const { zipFile } = await stage.org.connection.metadata
      .retrieve({
        apiVersion: '68.0',
        singlePackage: true,
        unpackaged: { types: [{ name: 'Settings', members: ['*'] }], version: '68.0' },
      } as never)
      .complete();
    const result = await stage.org.connection.metadata
      .deploy(Buffer.from(zipFile, 'base64'), { singlePackage: true, rollbackOnError: true })
      .complete(true);
    expect(result.status, JSON.stringify(result.details)).toBe('Succeeded');
    const changed = [result.details.componentSuccesses].flat().filter((one) => one.componentType === 'Settings');
    expect(changed.map((one) => one.changed)).toEqual(changed.map(() => false));
  });

  it('are refused for what is no element, no settings, and no member', async () => {
    const wrong = await deployFiles(stage.org, { Settings: ['Case'] }, settingsFile('Case', ['<colour>red</colour>']));
    expect(wrong.problems).toEqual([
      'Settings Case: Error parsing file: Element {http://soap.sforce.com/2006/04/metadata}colour invalid at this location in type CaseSettings',
    ]);
    const owner =
      '<defaultCaseOwner>nobody@example.com</defaultCaseOwner><defaultCaseOwnerType>User</defaultCaseOwnerType>';
    const nobody = await deployFiles(stage.org, { Settings: ['Case'] }, settingsFile('Case', [owner]));
    expect(nobody.problems).toEqual([
      'CaseSettings Case: In field: defaultCaseOwner - no User named nobody@example.com found',
    ]);
    const other = await deployFiles(stage.org, { Settings: ['Chatter'] }, settingsFile('Chatter', []));
    expect(other.problems[0]).toContain(
      'LOCAL_ORG_NOT_IMPLEMENTED: The local org does not implement the settings Chatter.',
    );
    const byType = await deployFiles(stage.org, { CaseSettings: ['Case'] }, {});
    expect(byType.problems).toEqual([" package.xml: Unknown type name 'CaseSettings' specified in package.xml"]);
    expect(await update({ fullName: 'OauthOidc', blockOAuthUnPwFlow: false }, 'OauthOidcSettings')).toMatchObject({
      success: false,
      errors: [{ message: expect.stringContaining('LOCAL_ORG_NOT_IMPLEMENTED') }],
    });
  });

  it('that are only checked change nothing and send nothing', async () => {
    await enabled();
    const block = `<emailToCase><routingAddresses>${Object.entries(address('support@example.com'))
      .map(([name, text]) => `<${name}>${String(text)}</${name}>`)
      .join('')}</routingAddresses></emailToCase>`;
    const zip = zipOf({ 'package.xml': manifest({ Settings: ['Case'] }), ...settingsFile('Case', [block]) });
    const { status } = await stage.org.connection.metadata
      .deploy(zip, { singlePackage: true, rollbackOnError: true, checkOnly: true })
      .complete(true);
    expect(status).toBe('Succeeded');
    expect(await addresses()).toEqual([]);
    expect((await control(stage.org, 'GET', 'mail')).body).toEqual({ mail: [] });
  });
});

describe('CaseSettings in the Tooling API', () => {
  it('is one row, whose Metadata is read and patched', async () => {
    await enabled();
    const query = async (): Promise<{ Id: string; Metadata: { emailToCase: { routingAddresses: Address[] } } }> => {
      const { records, totalSize } = await stage.org.connection.tooling.query(
        'SELECT Id, Metadata FROM CaseSettings LIMIT 1',
      );
      expect(totalSize).toBe(1);
      return records[0] as never;
    };
    const { Id, Metadata } = await query();
    expect(Metadata).toMatchObject({ emailToCase: { enableEmailToCase: true, routingAddresses: [] } });
    const patch = { Metadata: { emailToCase: { routingAddresses: [address('support@example.com')] } } };
    expect(await stage.org.rest('PATCH', `/tooling/sobjects/CaseSettings/${Id}`, patch)).toMatchObject({ status: 204 });
    expect((await query()).Metadata.emailToCase).toMatchObject({
      enableEmailToCase: true,
      routingAddresses: [{ emailAddress: 'support@example.com', isVerified: false }],
    });
    const bad = { Metadata: { emailToCase: { routingAddresses: [address('x@example.com', { casePriority: null })] } } };
    expect(await stage.org.rest('PATCH', `/tooling/sobjects/CaseSettings/${Id}`, bad)).toMatchObject({
      status: 400,
      body: [{ errorCode: 'FIELD_INTEGRITY_EXCEPTION', message: 'Missing casePriority' }],
    });
    expect(await stage.org.rest('GET', `/tooling/sobjects/CaseSettings/${Id}`)).toMatchObject({
      status: 200,
      body: { Id },
    });
  });
});

it('an organization-wide address is verified by the link in its mail', async () => {
  const { connection } = stage.org;
  await connection.sobject('OrgWideEmailAddress').create({ Address: 'care@example.com', DisplayName: 'Care' });
  const { mail } = (await control(stage.org, 'GET', 'mail')).body as { mail: { id: string }[] };
  const { text } = (await control(stage.org, 'GET', `mail/${mail[0]?.id ?? ''}`)).body as { text: string };
  expect((await fetch(/http\S+/.exec(text)?.[0] ?? '')).status).toBe(200);
  const { records } = await connection.query('SELECT IsVerified FROM OrgWideEmailAddress');
  expect(records).toMatchObject([{ IsVerified: true }]);
});
