import { describe, expect, test } from 'vitest';

import { readAppCredentials } from '../../../src/provision/app/app-credentials.ts';
import {
  lendingJournal,
  lentAccess,
  restoreLentAccess,
  temporarySetName,
} from '../../../src/provision/app/lent-access.ts';
import { writeSecretSetting } from '../../../src/provision/app/client-secret-setting.ts';
import type { Org } from '../../../src/salesforce/org.ts';
import { servedOrg } from '../../e2e/served-org.ts';
import { abortBefore, connect, finished, orgWithApp } from './app-org.ts';
import { grant, traces, untouched } from './traces.ts';

/** Methods and paths of what changes the org, in order. */
async function writes(local: { requests(): Promise<{ method: string; path: string }[]> }): Promise<string[]> {
  const all = await local.requests();
  return all.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path.split('/').at(-2)}`);
}

describe('consumer key and secret', () => {
  test('are read with access that is lent and taken back', async () => {
    const { local, org } = await orgWithApp();
    const { events, result } = await finished(readAppCredentials(org, 'OpenCX'));
    expect(result).toEqual({
      kind: 'read',
      key: expect.stringMatching(/^3MVG9[\w.]+$/),
      secret: expect.stringMatching(/^[0-9A-F]{64}$/),
    });
    expect(events.map(({ text }) => text)).toEqual([
      'Lending access to consumer secrets by permission set OpenCX_Temporary_Access',
      'Letting the REST API tell consumer secrets, for this reading',
      'Asking for the consumer of OpenCX',
    ]);
    if (result.kind !== 'read') throw new Error('not read');
    expect(JSON.stringify(events)).not.toContain(result.secret);
    expect(JSON.stringify(events)).not.toContain(result.key);
    expect(await traces(local)).toEqual(untouched);
    expect(await lentAccess(org)).toBe(false);
  });

  test('log in, and are the same each time', async () => {
    const { org } = await orgWithApp();
    const first = await finished(readAppCredentials(org, 'OpenCX'));
    const second = await finished(readAppCredentials(org, 'OpenCX'));
    expect(second.result).toEqual(first.result);
  });

  test('need nothing lent where user and org may read them anyway', async () => {
    const { local, org } = await orgWithApp();
    await grant(org);
    await writeSecretSetting(org, true);
    await local.control('DELETE', '/requests');
    expect((await finished(readAppCredentials(org, 'OpenCX'))).result).toMatchObject({ kind: 'read' });
    // Reading settings is a POST of SOAP.
    expect(await writes(local)).toEqual(['POST m']);
    expect(await traces(local)).toEqual({ ...untouched, setting: true });
  });

  test.each([
    ['the setting', { setting: false, granted: true }],
    ['the permissions', { setting: true, granted: false }],
  ])('lend %s alone where the rest is there', async (_what, { setting, granted }) => {
    const { local, org } = await orgWithApp();
    if (granted) await grant(org);
    await writeSecretSetting(org, setting);
    expect((await finished(readAppCredentials(org, 'OpenCX'))).result).toMatchObject({ kind: 'read' });
    expect(await traces(local)).toEqual({ ...untouched, setting });
    const all = await local.requests();
    const assignments = all.filter(({ method, path }) => method === 'POST' && path.endsWith('PermissionSetAssignment'));
    // One that is lent, or the one that was there before.
    expect(assignments).toHaveLength(1);
  });

  test('are read by a token in JWT format, too', async () => {
    const { local, org } = await orgWithApp();
    Object.defineProperty(org, 'hasOpaqueToken', { value: () => false });
    await local.control('DELETE', '/requests');
    expect((await finished(readAppCredentials(org, 'OpenCX'))).result).toMatchObject({ kind: 'read' });
    expect((await local.requests()).filter(({ path }) => path.includes('/Soap/'))).toEqual([]);
    expect(await traces(local)).toEqual(untouched);
  });

  test('take a moment to be allowed', async () => {
    const { local, org } = await orgWithApp();
    await local.control('POST', '/faults', {
      match: { method: 'GET', path: '/apps/oauth/credentials/' },
      kind: 'status',
      status: 403,
      body: '[{"errorCode":"FUNCTIONALITY_NOT_ENABLED","message":"not currently enabled"}]',
      times: 2,
    });
    expect((await finished(readAppCredentials(org, 'OpenCX'))).result).toMatchObject({ kind: 'read' });
    expect(await traces(local)).toEqual(untouched);
  });
});

describe('where the org does not tell them', () => {
  const page = '/lightning/setup/ManageExternalClientApplication/home';

  test.each([
    ['the feature', '/apps/oauth/credentials/', 403, 'FUNCTIONALITY_NOT_ENABLED'],
    ['the resource', '/apps/oauth/credentials/', 404, 'NOT_FOUND'],
    ['an implementation', '/apps/oauth/credentials/', 501, 'LOCAL_ORG_NOT_IMPLEMENTED'],
    ['such apps', '/query.*ExternalClientApplication', 400, 'INVALID_TYPE'],
    ['such permissions', '/query.*UserPermissionAccess', 400, 'INVALID_FIELD'],
    ['the right to make permission sets', '/sobjects/PermissionSet$', 403, 'INSUFFICIENT_ACCESS_OR_READONLY'],
    ['the right to assign them', '/sobjects/PermissionSetAssignment$', 400, 'INVALID_CROSS_REFERENCE_KEY'],
  ])('for want of %s, says so and where they stand', async (_what, path, status, errorCode) => {
    const { local, org } = await orgWithApp();
    const body = JSON.stringify([{ errorCode, message: 'The org says no.' }]);
    await local.control('POST', '/faults', { match: { path }, kind: 'status', status, body });
    const { result } = await finished(readAppCredentials(org, 'OpenCX'));
    expect(result).toEqual({
      kind: 'unavailable',
      why: expect.stringContaining(`${errorCode}: The org says no.`),
      setupUrl: `${local.running.url}${page}`,
    });
    await local.control('DELETE', '/faults');
    expect(await traces(local)).toEqual(untouched);
  });

  test.each([
    ['no such app', 'Other', undefined, 'shows no External Client App Other'],
    ['no consumer', 'OpenCX', ['/apps/oauth/credentials/\\w+$', '{"consumers":[]}'], 'has no OAuth consumer'],
    ['half an answer', 'OpenCX', ['part=keyandsecret', '{"secret":"hush"}'], 'answers without key and secret'],
    ['no JSON', 'OpenCX', ['part=keyandsecret', '{hush}'], 'answers without key and secret'],
  ])('as it has %s, gives away nothing', async (_what, app, fault, why) => {
    const { local, org } = await orgWithApp();
    if (fault !== undefined) {
      const [path, body] = fault;
      await local.control('POST', '/faults', { match: { path }, kind: 'status', status: 200, body });
    }
    const { events, result } = await finished(readAppCredentials(org, app));
    expect(result).toMatchObject({ kind: 'unavailable', why: expect.stringContaining(why) });
    expect(JSON.stringify({ events, result })).not.toContain('hush');
    expect(await traces(local)).toEqual(untouched);
  });

  test('names the page on the host that Setup has', async () => {
    const org = await connect(await servedOrg());
    org.identity.instanceUrl = 'https://acme.my.salesforce.com';
    expect((await finished(readAppCredentials(org, 'OpenCX'))).result).toMatchObject({
      setupUrl: `https://acme.my.salesforce-setup.com${page}`,
    });
  });
});

describe('what was lent is taken back', () => {
  test('when the caller goes away', async () => {
    const { local, org } = await orgWithApp();
    for await (const event of readAppCredentials(org, 'OpenCX')) {
      if (event.text.startsWith('Asking')) break;
    }
    expect(await traces(local)).toEqual(untouched);
  });

  test('when the run is aborted, before whatever request', async () => {
    const { local, org } = await orgWithApp();
    await finished(readAppCredentials(org, 'OpenCX'));
    for (let request = 1; ; request += 1) {
      const signal = abortBefore(org, request);
      const ended = await finished(readAppCredentials(org, 'OpenCX', { signal })).then(
        ({ result }) => result.kind,
        (error: { code: string }) => error.code,
      );
      expect(await traces(local)).toEqual(untouched);
      if (ended === 'read' && !signal.aborted) break;
      expect(['INTERRUPTED', 'read']).toContain(ended);
    }
  });

  test('when a run before this one was killed; then it reads on', async () => {
    const { local, org } = await orgWithApp();
    await leaveBehind(org);
    expect(await lentAccess(org)).toBe(true);
    expect((await finished(readAppCredentials(org, 'OpenCX'))).result).toMatchObject({ kind: 'read' });
    expect(await traces(local)).toEqual(untouched);
  });

  test('by a journal that fits into a description', () => {
    expect(lendingJournal('off').length).toBeLessThanOrEqual(255);
  });

  test('once and again, where there is nothing, too', async () => {
    const { local, org } = await orgWithApp();
    expect(await restoreLentAccess(org)).toBe(false);
    await leaveBehind(org);
    expect(await restoreLentAccess(org)).toBe(true);
    expect(await restoreLentAccess(org)).toBe(false);
    expect(await traces(local)).toEqual(untouched);
  });

  test('but not what somebody else calls by that name', async () => {
    const { local, org } = await orgWithApp();
    const other = { Name: temporarySetName, Label: 'Ours', Description: 'Not of opencx-sf' };
    await org.rest('POST', '/sobjects/PermissionSet', 'test', other);
    expect(await lentAccess(org)).toBe(false);
    expect(await restoreLentAccess(org)).toBe(false);
    const { result } = await finished(readAppCredentials(org, 'OpenCX'));
    expect(result).toMatchObject({ kind: 'unavailable', why: expect.stringContaining('DUPLICATE') });
    expect(await traces(local)).toEqual({ ...untouched, sets: 1 });
  });

  test('or it is said that it is not', async () => {
    const { local, org } = await orgWithApp();
    const no = '[{"errorCode":"INSUFFICIENT_ACCESS","message":"Not you."}]';
    await local.control('POST', '/faults', {
      match: { method: 'DELETE', path: '' },
      kind: 'status',
      status: 403,
      body: no,
    });
    await expect(finished(readAppCredentials(org, 'OpenCX'))).rejects.toMatchObject({
      code: 'PERMISSION_DENIED',
      message: expect.stringMatching(/OpenCX_Temporary_Access.* may still be there: .*Not you/),
      nextSteps: expect.arrayContaining([expect.stringContaining('opencx-sf apply')]),
    });
  });
});

/** Ends a reading as a killed process does: nothing of it is carried on. */
async function leaveBehind(org: Org): Promise<void> {
  const reading = readAppCredentials(org, 'OpenCX');
  for (;;) {
    const step = await reading.next();
    if (step.done === true) throw new Error('the reading was over before it could be left');
    if (step.value.text.startsWith('Asking')) return;
  }
}
