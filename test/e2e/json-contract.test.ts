import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';

import { describe, expect, onTestFinished, test } from 'vitest';

import { deployApexResultSchema } from '../../src/commands/deploy-apex/result-schema.ts';
import { envelopeSchema } from '../../src/commands/envelope-schema.ts';
import { generateResultSchema } from '../../src/commands/generate/result-schema.ts';
import { orgResetResultSchema, orgStatusResultSchema } from '../../src/commands/org/result-schema.ts';
import { cli, inputs, temporaryFolder, type CliRun } from './cli.ts';
import { servedOrg } from './served-org.ts';

const documents = {
  deploy: envelopeSchema(deployApexResultSchema),
  generate: envelopeSchema(generateResultSchema),
  status: envelopeSchema(orgStatusResultSchema),
  reset: envelopeSchema(orgResetResultSchema),
};
const deploy = ['deploy-apex', ...inputs, '--no-tests', '--json'];

/** One document, of the published shape, with the exit code that belongs to its error. */
function expectDocument(run: CliRun, schema: keyof typeof documents, exitCode: number, code?: string): void {
  expect(run.exitCode, run.stdout + run.stderr).toBe(exitCode);
  expect(documents[schema].safeParse(run.json()).error?.issues ?? []).toEqual([]);
  expect(run.json().error?.code).toBe(code);
}

/** Something at a port that is no org. */
async function impostor(answer: string, contentType: string): Promise<string> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', contentType).end(answer);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(async () => {
    await new Promise((closed) => server.close(closed));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const someToken = '00D000000000001!AQ0AQExampleToken.1234567890';

describe('--json prints one document of the published shape', () => {
  test('for every good end of deploy-apex', async () => {
    const cwd = await temporaryFolder();
    const local = [...deploy, '--target-org', 'local'];
    expectDocument(await cli([...local, '--dry-run'], { cwd }), 'deploy', 0);
    expectDocument(await cli(local, { cwd }), 'deploy', 0);
    expectDocument(await cli(local, { cwd }), 'deploy', 0);
    expectDocument(await cli([...local, '--validate', '--force'], { cwd }), 'deploy', 0);
  });

  test('for the other commands', async () => {
    const cwd = await temporaryFolder();
    expectDocument(await cli(['generate', '--output-dir', 'out', ...inputs, '--json'], { cwd }), 'generate', 0);
    expectDocument(
      await cli(['generate', '--output-dir', 'none', ...inputs, '--check', '--json'], { cwd }),
      'generate',
      1,
      'OUT_OF_DATE',
    );
    expectDocument(await cli(['org', 'status', '--json'], { cwd }), 'status', 0);
    expectDocument(await cli(['org', 'reset', '--json'], { cwd }), 'reset', 0);
    await cli([...deploy, '--target-org', 'local'], { cwd });
    expectDocument(await cli(['org', 'reset', '--json'], { cwd }), 'reset', 2, 'CONFIRMATION_REQUIRED');
    expectDocument(await cli(['org', 'reset', '--yes', '--json'], { cwd }), 'reset', 0);
  });

  test('when nobody listens at the URL', async () => {
    const env = { SF_ORG_INSTANCE_URL: 'http://127.0.0.1:9', SF_ACCESS_TOKEN: someToken };
    expectDocument(await cli(deploy, { cwd: await temporaryFolder(), env }), 'deploy', 1, 'NETWORK');
  });

  test.each([
    ['a web page', '<!DOCTYPE html><html><body>Welcome to nginx</body></html>', 'text/html'],
    ['JSON of something else', '{"hello":"world"}', 'application/json'],
    ['nothing', '', 'text/plain'],
  ])('when %s answers in the place of an org', async (_what, answer, contentType) => {
    const env = { SF_ORG_INSTANCE_URL: await impostor(answer, contentType), SF_ACCESS_TOKEN: someToken };
    expectDocument(await cli(deploy, { cwd: await temporaryFolder(), env }), 'deploy', 1, 'ORG_UNEXPECTED_ANSWER');
  });

  test('when the session is not valid', async () => {
    const org = await servedOrg();
    const env = { ...org.env, SF_ACCESS_TOKEN: someToken };
    expectDocument(await cli(deploy, { cwd: await temporaryFolder(), env }), 'deploy', 4, 'AUTH_FAILED');
  });

  test('when the alias of the Salesforce CLI cannot be used', async () => {
    const run = await cli([...deploy, '--target-org', 'no-such-alias'], {
      cwd: await temporaryFolder(),
      env: { PATH: '/nonexistent' },
    });
    expect(run.exitCode).toBe(4);
    expect(documents.deploy.safeParse(run.json()).success).toBe(true);
  });

  test('when the org lacks permissions', async () => {
    const org = await servedOrg();
    const body =
      '[{"errorCode":"INSUFFICIENT_ACCESS","message":"use of the Metadata API requires a user with the ModifyAllData permission"}]';
    await org.control('POST', '/faults', {
      match: { method: 'POST', path: 'deployRequest' },
      kind: 'status',
      status: 403,
      body,
    });
    expectDocument(await cli(deploy, { cwd: await temporaryFolder(), env: org.env }), 'deploy', 4, 'PERMISSION_DENIED');
  });

  test('when the org refuses the deployment, and when it goes on without us', async () => {
    const org = await servedOrg();
    const cwd = await temporaryFolder();
    // Triggers without the class they call do not compile.
    const partial = [...deploy, '--only', 'ApexTrigger'];
    expectDocument(await cli(partial, { cwd, env: org.env }), 'deploy', 1, 'DEPLOY_FAILED');
    expectDocument(await cli([...deploy, '--async'], { cwd, env: org.env }), 'deploy', 69, 'DEPLOY_STILL_RUNNING');
  });
});

test('the published schemas name every error code', async () => {
  const schema = await readFile(new URL('../../schemas/deploy-apex.schema.json', import.meta.url), 'utf8');
  expect(schema).toContain('DEPLOY_LOST_CONTACT');
});
