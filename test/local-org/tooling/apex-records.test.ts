import { afterEach, describe, expect, test } from 'vitest';

import type { OrgKind } from '../../../src/local-org/state/org-settings.ts';
import { startMetadataOrg } from '../metadata/metadata-org.ts';
import type { MetadataOrg } from '../metadata/metadata-org.ts';

const opened: MetadataOrg[] = [];
afterEach(async () => {
  for (const org of opened.splice(0)) await org.close();
});

async function start(kind: OrgKind = 'developer'): Promise<MetadataOrg> {
  const org = await startMetadataOrg({ kind });
  opened.push(org);
  return org;
}

const greeter = "public class Greeter {\n    public static String hello() {\n        return 'Hello';\n    }\n}\n";

async function create(org: MetadataOrg, sobject: string, body: object): Promise<string> {
  const answer = await org.rest('POST', `/tooling/sobjects/${sobject}`, body);
  expect(answer).toMatchObject({ status: 201, body: { success: true, errors: [] } });
  return (answer.body as { id: string }).id;
}

describe('Apex written as records', () => {
  test('a class by POST, changed by PATCH, removed by DELETE', async () => {
    const org = await start();
    const id = await create(org, 'ApexClass', { Body: greeter, ApiVersion: 66 });
    expect(org.state.components.get('ApexClass', 'Greeter')).toMatchObject({ body: greeter, recordId: id });
    expect(org.state.records.get('ApexClass', id)).toMatchObject({ Name: 'Greeter', ApiVersion: 66, Status: 'Active' });

    const changed = greeter.replace('Hello', 'Good day');
    expect(await org.rest('PATCH', `/tooling/sobjects/apexclass/${id}`, { Body: changed })).toEqual({
      status: 204,
      body: undefined,
    });
    expect(org.state.records.get('ApexClass', id)).toMatchObject({ Body: changed, ApiVersion: 66 });

    expect((await org.rest('DELETE', `/tooling/sobjects/ApexClass/${id}`)).status).toBe(204);
    expect(org.state.components.list('ApexClass')).toEqual([]);
    expect((await org.rest('DELETE', `/tooling/sobjects/ApexClass/${id}`)).status).toBe(404);
  });

  test('a trigger is switched off by its status', async () => {
    const org = await start('sandbox');
    const id = await create(org, 'ApexTrigger', {
      Body: 'trigger T on Case (after insert) {\n}\n',
      TableEnumOrId: 'Case',
    });
    expect((await org.rest('PATCH', `/tooling/sobjects/ApexTrigger/${id}`, { Status: 'Inactive' })).status).toBe(204);
    expect(org.state.records.get('ApexTrigger', id)).toMatchObject({ Status: 'Inactive', UsageAfterInsert: true });
    expect(org.state.components.get('ApexTrigger', 'T')?.xml).toContain('<status>Inactive</status>');
  });

  test.each([
    ['without a body', {}, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [Body]'],
    [
      'with an unknown field',
      { Body: greeter, Colour: 'red' },
      'INVALID_FIELD',
      "No such column 'Colour' on sobject of type ApexClass",
    ],
    [
      'that does not compile',
      { Body: 'public class Greeter {\n    Integer i = foo;\n}\n' },
      'FIELD_INTEGRITY_EXCEPTION',
      'Variable does not exist: foo at line 2 column 17',
    ],
    [
      'named otherwise',
      { Body: greeter, Name: 'Other' },
      'FIELD_INTEGRITY_EXCEPTION',
      'File name mismatch with class name: Greeter',
    ],
  ])('a class %s is refused', async (_what, body, errorCode, message) => {
    const org = await start();
    expect(await org.rest('POST', '/tooling/sobjects/ApexClass', body)).toMatchObject({
      status: 400,
      body: [{ errorCode, message }],
    });
    expect(org.state.records.all('ApexClass')).toEqual([]);
  });

  test('a name that is taken, and a class that is in use', async () => {
    const org = await start();
    const id = await create(org, 'ApexClass', { Body: greeter });
    expect(await org.rest('POST', '/tooling/sobjects/ApexClass', { Body: greeter })).toMatchObject({
      status: 400,
      body: [
        {
          errorCode: 'DUPLICATE_VALUE',
          message: `duplicate value found: Name duplicates value on record with id: ${id}`,
        },
      ],
    });
    await create(org, 'ApexTrigger', {
      Body: 'trigger T on Case (after insert) {\n    Greeter.hello();\n}\n',
      TableEnumOrId: 'Case',
    });
    const refused = await org.rest('DELETE', `/tooling/sobjects/ApexClass/${id}`);
    expect(refused).toMatchObject({ status: 400, body: [{ errorCode: 'FIELD_INTEGRITY_EXCEPTION' }] });
    expect(JSON.stringify(refused.body)).toContain('This apex class is referenced elsewhere in salesforce.com.');
  });

  test('production takes none', async () => {
    const org = await start('production');
    expect(await org.rest('POST', '/tooling/sobjects/ApexClass', { Body: greeter })).toMatchObject({
      status: 400,
      body: [{ message: "Can't alter metadata in an active org" }],
    });
  });
});

describe('a metadata container', () => {
  async function settled(org: MetadataOrg, id: string): Promise<Record<string, unknown>> {
    for (;;) {
      const { status, body } = await org.rest('GET', `/tooling/sobjects/ContainerAsyncRequest/${id}`);
      expect(status).toBe(200);
      const row = body as Record<string, unknown>;
      if (row['State'] !== 'Queued') return row;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  test('compiles a changed class and a new trigger as one, and moves the members to the request', async () => {
    const org = await start();
    const classId = await create(org, 'ApexClass', { Body: greeter });
    const container = await create(org, 'MetadataContainer', { Name: 'Save' });
    const changed = greeter.replace('hello()', 'greet()');
    const member = await create(org, 'ApexClassMember', {
      MetadataContainerId: container,
      ContentEntityId: classId,
      Body: changed,
    });
    await create(org, 'ApexTriggerMember', {
      MetadataContainerId: container,
      FullName: 'T',
      Body: 'trigger T on Case (after insert) {\n    Greeter.greet();\n}\n',
    });
    const request = await create(org, 'ContainerAsyncRequest', { MetadataContainerId: container, IsCheckOnly: false });
    const row = await settled(org, request);
    expect(row).toMatchObject({ State: 'Completed', ErrorMsg: null });
    expect(row['DeployDetails']).toMatchObject({ componentFailures: [] });
    expect(org.state.records.get('ApexClass', classId)?.['Body']).toBe(changed);
    expect(org.state.components.get('ApexTrigger', 'T')).toBeDefined();
    expect(org.state.records.get('ApexClassMember', member)?.['MetadataContainerId']).toBe(request);
    expect(await org.rest('PATCH', `/tooling/sobjects/ApexClassMember/${member}`, { Body: greeter })).toMatchObject({
      status: 400,
    });
  });

  test('fails with the place of each error, saves nothing, and can be tried again', async () => {
    const org = await start();
    const classId = await create(org, 'ApexClass', { Body: greeter });
    const container = await create(org, 'MetadataContainer', { Name: 'Save' });
    const broken = greeter.replace("'Hello'", 'missing');
    const member = await create(org, 'ApexClassMember', {
      MetadataContainerId: container,
      ContentEntityId: classId,
      Body: broken,
    });
    const first = await settled(
      org,
      await create(org, 'ContainerAsyncRequest', { MetadataContainerId: container, IsCheckOnly: false }),
    );
    expect(first).toMatchObject({
      State: 'Failed',
      DeployDetails: {
        componentFailures: [{ fullName: 'Greeter', lineNumber: 3, problem: 'Variable does not exist: missing' }],
      },
    });
    expect(org.state.records.get('ApexClass', classId)?.['Body']).toBe(greeter);

    expect(
      (await org.rest('PATCH', `/tooling/sobjects/ApexClassMember/${member}`, { Body: greeter.replace('Hello', 'Hi') }))
        .status,
    ).toBe(204);
    const check = await settled(
      org,
      await create(org, 'ContainerAsyncRequest', { MetadataContainerId: container, IsCheckOnly: true }),
    );
    expect(check['State']).toBe('Completed');
    expect(org.state.records.get('ApexClass', classId)?.['Body']).toBe(greeter);
  });

  test('ends in an error in production, as Salesforce has it', async () => {
    const org = await start('production');
    const container = await create(org, 'MetadataContainer', { Name: 'Save' });
    const request = await create(org, 'ContainerAsyncRequest', { MetadataContainerId: container, IsCheckOnly: false });
    expect(await settled(org, request)).toMatchObject({
      State: 'Error',
      ErrorMsg: "Can't alter metadata in an active org",
    });
  });

  test('can be aborted while queued, and goes with all that hangs on it', async () => {
    const org = await start();
    org.state.settings.deployPace = { queueMs: 60_000, componentMs: 0 };
    const container = await create(org, 'MetadataContainer', { Name: 'Save' });
    const request = await create(org, 'ContainerAsyncRequest', { MetadataContainerId: container, IsCheckOnly: false });
    expect(
      (await org.rest('PATCH', `/tooling/sobjects/ContainerAsyncRequest/${request}`, { State: 'Aborted' })).status,
    ).toBe(204);
    expect(org.state.records.get('ContainerAsyncRequest', request)?.['State']).toBe('Aborted');
    expect((await org.rest('DELETE', `/tooling/sobjects/MetadataContainer/${container}`)).status).toBe(204);
    expect(org.state.records.get('ContainerAsyncRequest', request)).toBeUndefined();
  });

  test.each([
    ['MetadataContainer', {}, 'REQUIRED_FIELD_MISSING'],
    ['ApexClassMember', { Body: 'x', MetadataContainerId: '1dc000000000001' }, 'INVALID_CROSS_REFERENCE_KEY'],
    ['ContainerAsyncRequest', { IsCheckOnly: true }, 'FIELD_INTEGRITY_EXCEPTION'],
    [
      'ContainerAsyncRequest',
      { IsCheckOnly: true, MetadataContainerId: '1dc000000000001' },
      'INVALID_CROSS_REFERENCE_KEY',
    ],
  ])('%s %o is refused: %s', async (sobject, body, errorCode) => {
    const org = await start();
    expect(await org.rest('POST', `/tooling/sobjects/${sobject}`, body)).toMatchObject({
      status: 400,
      body: [{ errorCode }],
    });
  });
});
