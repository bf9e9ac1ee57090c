import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { expect } from 'vitest';

import type { OutboxMail } from '../../../src/local-org/mail/outbox/outbox.ts';
import type { ReceiveOutcome } from '../../../src/local-org/mail/receive/receive-outcome.ts';
import { cli, temporaryFolder } from '../cli.ts';
import type { OrgDoor } from './org-door.ts';
import { userOf, userOfClient, type OrgUser } from './org-user.ts';
import { webhookServer, type WebhookServer } from './webhook-server.ts';

export const SUPPORT = 'support@example.com';
const OPENCX = 'opencx@example.com';
const REP = 'rita.rep@example.com';

/** An org that the product has connected, with the three who work on it. */
export interface ConnectedOrg {
  readonly url: string;
  readonly admin: OrgUser;
  /** The integration user, logged in as OpenCX logs in. */
  readonly opencx: OrgUser;
  readonly rep: OrgUser;
  readonly webhooks: WebhookServer;
  control<Body>(method: string, path: string, body?: object): Promise<Body>;
  /** Gives the org a raw message from outside. */
  receive(raw: string): Promise<ReceiveOutcome>;
  /** Mail that left for customers; what the org writes to its own address, to verify it, is left out. */
  outbox(): Promise<OutboxMail[]>;
  /** Waits, as any client can, until no job of Apex is left. */
  settled(): Promise<void>;
}

export interface ConnectOptions {
  /** Blueprint settings beyond the defaults, as in a configuration file. */
  readonly settings?: Record<string, unknown>;
  readonly deployArguments?: readonly string[];
}

/** Makes the users, deploys with the product's own binary, and does by API what the set-up page does by hand. */
export async function connectedOrg(door: OrgDoor, { settings = {}, deployArguments = [] }: ConnectOptions = {}) {
  const admin = await userOf(door.url, door.accessToken);
  const webhooks = await webhookServer();
  const control: ConnectedOrg['control'] = async (method, path, body) => {
    const response = await fetch(`${door.url}/_local/${path}`, {
      method,
      headers: { 'x-local-org-control': 'story', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    expect(response.ok, `${method} ${path}: ${text}`).toBe(true);
    return JSON.parse(text);
  };
  const opencxId = await createUser(admin, OPENCX, 'OpenCX');
  await createUser(admin, REP, 'Rep');
  await deploy(door, { webhookUrl: webhooks.url, ...settings }, deployArguments);
  const [permissionSet] = await admin.query("SELECT Id FROM PermissionSet WHERE Name = 'OpenCX_Integration'");
  await admin.create('PermissionSetAssignment', { AssigneeId: opencxId, PermissionSetId: permissionSet?.['Id'] });
  const routing = { emailAddress: SUPPORT, caseOrigin: 'Email', casePriority: 'Medium', isVerified: true };
  await control('POST', 'mail/routing-addresses', routing);
  const app = { clientId: 'opencx', secret: randomUUID(), runAs: OPENCX };
  await control('POST', 'clients', app);
  const repSession = await control<{ accessToken: string }>('POST', 'sessions', { username: REP });
  return {
    url: door.url,
    admin,
    opencx: await userOfClient(door.url, app.clientId, app.secret),
    rep: await userOf(door.url, repSession.accessToken),
    webhooks,
    control,
    receive: async (raw) => {
      const headers = { 'x-local-org-control': 'story', 'content-type': 'message/rfc822' };
      const response = await fetch(`${door.url}/_local/mail/receive`, { method: 'POST', headers, body: raw });
      return (await response.json()) as ReceiveOutcome;
    },
    outbox: async () => {
      const { mail } = await control<{ mail: { id: string }[] }>('GET', 'mail');
      const mails = await Promise.all(mail.map(({ id }) => control<OutboxMail>('GET', `mail/${id}`)));
      return mails.filter(({ to }) => !to.includes(SUPPORT));
    },
    settled: async () => {
      for (;;) {
        const left = await admin.query(
          "SELECT Id FROM AsyncApexJob WHERE Status NOT IN ('Completed', 'Failed', 'Aborted')",
        );
        if (left.length === 0) return;
        await delay(10);
      }
    },
  } satisfies ConnectedOrg;
}

async function createUser(admin: OrgUser, username: string, lastName: string): Promise<string> {
  const [profile] = await admin.query(`SELECT ProfileId FROM User WHERE Id = '${admin.id}'`);
  return admin.create('User', {
    Username: username,
    LastName: lastName,
    Email: username,
    Alias: lastName.toLowerCase(),
    ProfileId: profile?.['ProfileId'],
    TimeZoneSidKey: 'Europe/Berlin',
    LocaleSidKey: 'de_DE',
    EmailEncodingKey: 'UTF-8',
    LanguageLocaleKey: 'en_US',
  });
}

async function deploy(
  door: OrgDoor,
  settings: Record<string, unknown>,
  deployArguments: readonly string[],
): Promise<void> {
  const cwd = await temporaryFolder();
  const config = { replyTo: SUPPORT, integrationUsername: OPENCX, ...settings };
  await writeFile(join(cwd, 'opencx-sf.config.json'), JSON.stringify({ blueprint: config }));
  const env = { SF_ORG_INSTANCE_URL: door.url, SF_ACCESS_TOKEN: door.accessToken };
  const run = await cli(['deploy-apex', ...deployArguments, '--json'], { cwd, env });
  expect(run.exitCode, run.stdout + run.stderr).toBe(0);
  expect(run.json().result).toMatchObject({ outcome: 'succeeded', readBack: { ok: true } });
}
