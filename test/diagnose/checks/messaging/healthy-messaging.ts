import { createPrivateKey } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { SignJWT } from 'jose';

import { configSchema } from '../../../../src/config/config-schema.ts';
import type { LocalKeys } from '../../../../src/diagnose/check-context.ts';
import { startLocalOrg, type RunningOrg } from '../../../../src/local-org/start-local-org.ts';
import { readKeyFolder } from '../../../../src/messaging/keys/key-folder.ts';
import { verificationKeys } from '../../../../src/messaging/keys/verification-keys.ts';
import { cli } from '../../../e2e/cli.ts';
import { customerOf, scrt, tokenBody, V2, type Customer } from '../../../local-org/messaging/scrt-client.ts';
import { buildHealthyOrg, type HealthyOrg } from '../healthy-org.ts';
import { controlOf } from '../plant.ts';

export const issuer = 'https://opencx.example.com';
const rep = 'rep@example.com';

/** Where `messaging keys generate` puts keys. */
export function keysOf(folder: string): string {
  return join(folder, '.opencx-sf', 'messaging-keys');
}

/** The healthy org with Live Messaging beside it: set up by the product, and a conversation that a representative took. */
export async function buildHealthyMessagingOrg(): Promise<HealthyOrg> {
  const healthy = await buildHealthyOrg();
  const { folder } = healthy;
  const configFile = join(folder, 'opencx-sf.config.json');
  const before = JSON.parse(await readFile(configFile, 'utf8')) as { setup: object };
  const settings = {
    ...before,
    setup: { ...before.setup, channels: ['email', 'messaging'] },
    messaging: { createDeployment: true, queueMembers: [rep], issuer },
  };
  await writeFile(configFile, JSON.stringify(settings));
  const org = await startLocalOrg({ dataDir: join(folder, 'org') });
  try {
    const env = { SF_ORG_INSTANCE_URL: org.url, SF_ACCESS_TOKEN: org.issueAccessToken() };
    for (const args of [
      ['messaging', 'keys', 'generate', '--issuer', issuer],
      ['apply', '--yes', '--no-tests'],
    ]) {
      const done = await cli(args, { cwd: folder, env });
      if (done.exitCode !== 0) throw new Error(`${args.join(' ')}: ${done.stdout}${done.stderr}`);
    }
    await talk(org, folder);
  } finally {
    await org.close();
  }
  return { ...healthy, config: configSchema.parse(settings), localKeys: await localKeysOf(folder) };
}

async function localKeysOf(folder: string): Promise<LocalKeys> {
  const present = await readKeyFolder(keysOf(folder));
  return { folder: present.folder, keys: verificationKeys(present), issuer };
}

/** A contact of OpenCX is handed over, is answered, and the representative ends it. */
async function talk(org: RunningOrg, folder: string): Promise<void> {
  const control = controlOf(org.url);
  await control('POST', 'messaging/agents', { username: rep });
  const customer = await verifiedCustomer(org, folder);
  await customer.begin({ OpencxSessionId: '0b0e2ed8-3f0f-4a0e-9b52-000000000001', Origin: 'MIABOT' });
  await customer.say('Where is my order?');
  const { work } = await control<{ work: { id: string; status: string }[] }>('GET', 'messaging/agent-work');
  const offered = work.find(({ status }) => status === 'Assigned');
  if (offered === undefined) throw new Error(`nothing was offered: ${JSON.stringify(work)}`);
  await control('POST', `messaging/agent-work/${offered.id}/accept`);
  await control('POST', `messaging/agent-work/${offered.id}/reply`, { text: 'On its way.' });
  await control('POST', `messaging/agent-work/${offered.id}/end`);
}

/** Somebody with a token of the key that `messaging keys generate` made. */
export async function verifiedCustomer(org: RunningOrg, folder: string): Promise<Customer> {
  const { current } = await readKeyFolder(keysOf(folder));
  const { kid } = JSON.parse(current?.texts.jwk ?? '{}') as { kid: string };
  const customerIdentityToken = await new SignJWT()
    .setProtectedHeader({ alg: 'RS256', kid })
    .setIssuer(issuer)
    .setSubject('jane@customer.test')
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(createPrivateKey(current?.texts.privateKey ?? ''));
  return await customerWith(org, { authorizationType: 'JWT', customerIdentityToken });
}

/** Somebody whose token is not of that key: the local org can be told to take such people for anonymous ones. */
export async function strangeCustomer(org: RunningOrg): Promise<Customer> {
  return await customerWith(org, { authorizationType: 'JWT', customerIdentityToken: 'e30.e30.e30' });
}

async function customerWith(org: RunningOrg, identity: object): Promise<Customer> {
  const body = { ...tokenBody(org, 'OpenCX'), ...identity };
  const answer = await scrt(org, 'POST', `${V2}/authorization/authenticated/access-token`, { body });
  return customerOf(org, answer, 'OpenCX');
}
