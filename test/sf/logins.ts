import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { servedOrg, type ServedOrg } from '../e2e/served-org.ts';
import { privateKeys } from '../salesforce/auth/private-keys.ts';
import { salesforceCli, type SalesforceCli } from './sf.ts';

/** A local org, and the CLI that is logged in to it under the alias `org`. */
export interface LoggedIn {
  org: ServedOrg;
  sf: SalesforceCli;
}

const clientId = '3MVG9.stories.of.the.salesforce.cli';

/** The way most scripts log in: a token, which the CLI cannot renew. */
export async function loggedInByToken(): Promise<LoggedIn> {
  const org = await servedOrg();
  const sf = await salesforceCli();
  await sf.result(['org', 'login', 'access-token', '-r', org.running.url, '--no-prompt', '--alias', 'org'], {
    env: { SF_ACCESS_TOKEN: org.running.issueAccessToken() },
  });
  return { org, sf };
}

/** The way of CI: an app with a certificate. The CLI asks for a new token whenever the old one is refused. */
export async function loggedInByJwt(): Promise<LoggedIn> {
  const org = await servedOrg();
  const sf = await salesforceCli();
  const keys = privateKeys();
  await org.control('POST', '/clients', { clientId, certificate: keys.publicKey });
  const keyFile = join(sf.folder, 'server.key');
  await writeFile(keyFile, keys.pkcs8, { mode: 0o600 });
  const app = ['--client-id', clientId, '--jwt-key-file', keyFile, '--instance-url', org.running.url];
  await sf.result(['org', 'login', 'jwt', '--username', org.running.username, ...app, '--alias', 'org']);
  return { org, sf };
}
