import { execFile } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

import { privateKeys } from '../../salesforce/auth/private-keys.ts';
import { temporaryFolder } from '../cli.ts';
import { servedOrg } from '../served-org.ts';

interface Pipeline {
  /** Commands of every step in order, as the service runs them. */
  commands: string[];
  /** Variables that the service sets from its secrets. */
  variables: (secrets: Secrets) => Record<string, string>;
}

interface Secrets {
  key: string;
  keyFile: string;
}

const common = {
  OPENCX_SF_CLIENT_ID: 'ci-client',
  OPENCX_SF_USERNAME: '',
  OPENCX_SF_WEBHOOK_URL: 'http://127.0.0.1:9/hook/ci-secret-part',
};

async function read(name: string): Promise<unknown> {
  return parse(await readFile(resolve(import.meta.dirname, '../../../docs/ci', name), 'utf8'));
}

type Steps = { steps: { run?: string; uses?: string }[] };

const pipelines: Record<string, () => Promise<Pipeline>> = {
  'GitHub Actions': async () => {
    const { jobs } = (await read('github-actions.yml')) as { jobs: { 'set-up': Steps & { env: object } } };
    const job = jobs['set-up'];
    return {
      commands: job.steps.flatMap(({ run }) => run ?? []),
      variables: ({ key }) => ({ SF_PRIVATE_KEY: key, OPENCX_SF_PRIVATE_KEY_FILE: 'private-key.pem' }),
    };
  },
  'GitLab CI': async () => {
    const { plan, apply } = (await read('gitlab-ci.yml')) as Record<'plan' | 'apply', { script: string[] }>;
    return {
      commands: [...plan.script, ...apply.script],
      variables: ({ keyFile }) => ({ OPENCX_SF_PRIVATE_KEY_FILE: keyFile }),
    };
  },
  'Bitbucket Pipelines': async () => {
    const { pipelines: lines } = (await read('bitbucket-pipelines.yml')) as {
      pipelines: { branches: { main: { step: { script: string[] } }[] } };
    };
    return {
      commands: lines.branches.main.flatMap(({ step }) => step.script),
      variables: ({ key }) => ({ SF_PRIVATE_KEY: Buffer.from(key).toString('base64') }),
    };
  },
};

/** A project with the product among its dependencies; `npm ci` has been run in it, so to speak. */
async function project(orgUrl: string): Promise<string> {
  const cwd = await temporaryFolder();
  await mkdir(join(cwd, 'node_modules/.bin'), { recursive: true });
  await writeFile(join(cwd, 'package.json'), '{ "name": "project", "private": true }');
  await symlink(resolve(import.meta.dirname, '../../../bin/opencx-sf.js'), join(cwd, 'node_modules/.bin/opencx-sf'));
  await writeFile(
    join(cwd, 'opencx-sf.config.json'),
    JSON.stringify({
      login: { loginUrl: orgUrl, instanceUrl: orgUrl },
      blueprint: { replyTo: 'support@example.com', integrationUsername: 'integration@example.com' },
      setup: { emailToCase: { acceptPermanent: true }, mail: { checkDns: false } },
    }),
  );
  return cwd;
}

describe('the examples of docs/ci', () => {
  test.each(Object.entries(pipelines))('%s: its commands set up an org, without a terminal', async (_, pipeline) => {
    const org = await servedOrg();
    const { pkcs8, publicKey } = privateKeys();
    await org.control('POST', '/clients', {
      clientId: common.OPENCX_SF_CLIENT_ID,
      certificate: publicKey,
      preAuthorizedUsers: [org.running.username],
    });
    const cwd = await project(org.running.url);
    const keyFile = join(cwd, 'from-the-service.pem');
    await writeFile(keyFile, pkcs8, { mode: 0o600 });
    const { commands, variables } = await pipeline();
    expect(commands).toContain('npm ci');

    let output = '';
    const script = ['set -eo pipefail', ...commands.filter((command) => command !== 'npm ci')].join('\n');
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', script], {
      cwd,
      env: {
        PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
        HOME: cwd,
        CI: 'true',
        ...common,
        OPENCX_SF_USERNAME: org.running.username,
        ...variables({ key: pkcs8, keyFile }),
      },
    });
    output += stdout + stderr;
    expect(output).toContain('✓ set up, and read back.');
    expect(output).not.toContain('ci-secret-part');
    expect(await readFile(join(cwd, 'plan.json'), 'utf8')).not.toContain('ci-secret-part');
  });
});
