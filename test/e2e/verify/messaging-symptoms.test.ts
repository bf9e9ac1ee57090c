import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import { envelopeSchema } from '../../../src/commands/envelope-schema.ts';
import { verifyResultSchema, type VerifyResult } from '../../../src/commands/verify/result-schema.ts';
import type { RunningOrg } from '../../../src/local-org/start-local-org.ts';
import { copyOf, type HealthyOrg } from '../../diagnose/checks/healthy-org.ts';
import { changeChannel } from '../../diagnose/checks/messaging/change-channel.ts';
import { buildHealthyMessagingOrg, issuer } from '../../diagnose/checks/messaging/healthy-messaging.ts';
import { deployFiles, idOf } from '../../diagnose/checks/plant.ts';
import { keysetFile } from '../../local-org/messaging/messaging-files.ts';
import { cli, temporaryFolder, type CliRun } from '../cli.ts';
import { userOf } from '../story/org-user.ts';

let healthy: HealthyOrg;
beforeAll(async () => {
  healthy = await buildHealthyMessagingOrg();
}, 90_000);
afterAll(async () => {
  await healthy.close();
});

interface Customer {
  org: RunningOrg;
  configure: (messaging: object, channels?: string[]) => Promise<void>;
  run: (...args: string[]) => Promise<CliRun>;
}

/** A customer's org, and somebody at a terminal with configuration and keys of the set-up. */
async function customer(): Promise<Customer> {
  const org = await copyOf(healthy);
  onTestFinished(() => org.close());
  const cwd = await temporaryFolder();
  await cp(join(healthy.folder, '.opencx-sf'), join(cwd, '.opencx-sf'), { recursive: true });
  const configure: Customer['configure'] = async (messaging, channels = ['email', 'messaging']) => {
    const text = await readFile(join(healthy.folder, 'opencx-sf.config.json'), 'utf8');
    const config = JSON.parse(text) as { setup: object; messaging: object };
    const changed = {
      ...config,
      setup: { ...config.setup, channels },
      messaging: { ...config.messaging, scrtUrl: org.scrtUrl, ...messaging },
    };
    await writeFile(join(cwd, 'opencx-sf.config.json'), JSON.stringify(changed));
  };
  await configure({});
  const env = { SF_ORG_INSTANCE_URL: org.url, SF_ACCESS_TOKEN: org.issueAccessToken() };
  return { org, configure, run: (...args) => cli(args, { cwd, env }) };
}

interface Story {
  /** The heading of the page, in the words of somebody who is in a hurry. */
  words: string;
  symptom: string;
  what: string;
  cause: string;
  /** A command that the answer points at. */
  next: string;
  /** How it ends after --fix: without one, the cause stays. */
  mended: 'green' | 'not by an API';
  plant: (customer: Customer) => Promise<unknown>;
}

const stories: readonly Story[] = [
  {
    words: 'MIAW settings wont save',
    symptom: 'miaw-settings-wont-save',
    what: 'a new pair was made, and Salesforce does not have it yet',
    cause: 'messaging.key',
    next: 'opencx-sf messaging keys check',
    mended: 'green',
    plant: async ({ run }) => {
      const made = await run('messaging', 'keys', 'rotate', '--issuer', issuer);
      expect(made.exitCode, made.stderr).toBe(0);
    },
  },
  {
    words: 'handoff fails, access token error',
    symptom: 'access-token-error',
    what: 'somebody gave the keyset another issuer',
    cause: 'messaging.keyset',
    next: 'opencx-sf messaging token',
    mended: 'not by an API',
    plant: async ({ org }) => {
      const names = (healthy.localKeys?.keys ?? []).map(({ name }) => name);
      const files = keysetFile('OpenCX_Keyset', names, 'https://elsewhere.example.com');
      await deployFiles(org, files, 'PublicKeyCertificateSet', 'OpenCX_Keyset');
    },
  },
  {
    words: 'conversation created but no messages',
    symptom: 'no-messages',
    what: 'the ES Developer Name was typed in other capitals',
    cause: 'messaging.deployment',
    next: 'opencx-sf verify messaging',
    mended: 'not by an API',
    plant: ({ configure }) => configure({ deployment: 'OpenCx' }),
  },
  {
    words: 'chat messages do not appear in the console',
    symptom: 'no-messages',
    what: 'the channel was switched off',
    cause: 'messaging.channel',
    next: 'opencx-sf verify messaging',
    mended: 'green',
    plant: async ({ org }) => {
      const admin = await userOf(org.url, org.issueAccessToken());
      const id = await idOf(org, "SELECT Id FROM MessagingChannel WHERE DeveloperName = 'OpenCX'");
      await admin.update('MessagingChannel', id, { IsActive: false });
    },
  },
  {
    words: 'routing attributes missing',
    symptom: 'routing-attributes-missing',
    what: 'a parameter was taken off the channel',
    cause: 'messaging.parameters',
    next: 'opencx-sf verify messaging',
    mended: 'green',
    plant: ({ org }) =>
      changeChannel(org, ({ customParameters }) => ({
        customParameters: customParameters.filter(({ name }) => name !== 'Priority'),
      })),
  },
];

describe('a symptom of Live Messaging on the troubleshooting page', () => {
  test.each(stories)('"$words": $what', { timeout: 60_000 }, async ({ words, symptom, cause, next, mended, plant }) => {
    const customerOrg = await customer();
    await plant(customerOrg);
    const { run } = customerOrg;

    const told = (await run('verify', '--symptom', words, '--json')).json();
    expect(envelopeSchema(verifyResultSchema).safeParse(told).error?.issues ?? []).toEqual([]);
    const result = told.result as VerifyResult;
    expect(result.symptom?.id).toBe(symptom);
    expect(result.symptom?.next.map(({ command }) => command)).toContain(next);
    expect(result.causes[0]).toBe(cause);
    expect(((await run('verify', '--json')).json().result as VerifyResult).causes[0]).toBe(cause);

    const fixed = await run('verify', '--symptom', words, '--fix', '--yes', '--no-tests');
    expect(fixed.stdout).toContain(next);
    const after = await run('verify');
    if (mended === 'green') {
      expect(fixed.exitCode, fixed.stdout + fixed.stderr).toBe(0);
      expect(after.exitCode, after.stdout).toBe(0);
      expect(after.stdout).not.toContain(`✗ ${cause}`);
    } else {
      expect(fixed.exitCode).toBe(1);
      expect(after.stdout).toContain(`Begin with ${cause}.`);
    }
  });
});

test('who has not chosen Live Messaging is told so, and Live Messaging is not asked for', async () => {
  const { configure, run } = await customer();
  await configure({}, ['email']);
  const done = await run('verify', '--symptom', 'routing attributes missing', '--all');
  expect(done.exitCode, done.stdout).toBe(0);
  expect(done.stdout).toMatch(/· messaging\.parameters +setup\.channels has no messaging\./);
  expect(done.stdout).not.toContain('✗');
});

test('who has not chosen Live Messaging sees without --all why a whole group was left out', async () => {
  const { configure, run } = await customer();
  await configure({}, ['email']);
  const done = await run('verify', '--symptom', 'routing attributes missing');
  expect(done.stdout).toMatch(/· Live Messaging {2}\d+ skipped: setup\.channels has no messaging\./);
});

test('who names checks of Live Messaging means them, whatever the configuration says', async () => {
  const { configure, run } = await customer();
  await configure({ deployment: 'OpenCx' }, ['email']);
  for (const asked of [['--only', 'messaging'], ['messaging.deployment']]) {
    const done = await run('verify', ...asked);
    expect(done.exitCode, done.stdout + done.stderr).toBe(1);
    expect(done.stdout).toContain('Begin with messaging.deployment.');
  }
});
