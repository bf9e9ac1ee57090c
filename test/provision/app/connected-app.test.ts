import { expect, test } from 'vitest';

import { existingConnectedApp } from '../../../src/provision/app/connected-app.ts';
import { servedOrg, type ServedOrg } from '../../e2e/served-org.ts';
import { connect, orgWithApp } from './app-org.ts';

/** Answers the question about Connected Apps, an object that the local org does not have. */
async function answering(local: ServedOrg, names: readonly string[]): Promise<void> {
  const body = JSON.stringify({ totalSize: names.length, done: true, records: names.map((Name) => ({ Name })) });
  const match = { path: 'query.*FROM ConnectedApplication' };
  await local.control('POST', '/faults', { match, kind: 'status', status: 200, body });
}

test('a Connected App is found by its name', async () => {
  const local = await servedOrg();
  await answering(local, ['OpenCX']);
  expect(await existingConnectedApp(await connect(local), 'opencx')).toBe('OpenCX');
});

test('there may be none', async () => {
  const local = await servedOrg();
  await answering(local, []);
  expect(await existingConnectedApp(await connect(local), "O'Brien")).toBeUndefined();
});

test('an External Client App of that label is no Connected App', async () => {
  const { local, org } = await orgWithApp();
  await answering(local, ['OpenCX']);
  expect(await existingConnectedApp(org, 'OpenCX')).toBeUndefined();
});

test('an org without External Client Apps has its Connected Apps all the same', async () => {
  const local = await servedOrg();
  await answering(local, ['OpenCX']);
  const match = { path: 'query.*FROM ExternalClientApplication' };
  const body = '[{"errorCode":"INVALID_TYPE","message":"not supported"}]';
  await local.control('POST', '/faults', { match, kind: 'status', status: 400, body });
  expect(await existingConnectedApp(await connect(local), 'OpenCX')).toBe('OpenCX');
});

test('an org that cannot tell refuses, which is no failure of a plan', async () => {
  const org = await connect(await servedOrg());
  await expect(existingConnectedApp(org, 'OpenCX')).rejects.toMatchObject({
    code: 'ORG_REFUSED',
    message: expect.stringContaining('INVALID_TYPE'),
  });
});
