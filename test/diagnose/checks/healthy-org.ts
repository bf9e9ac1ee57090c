import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { configSchema, type Config } from '../../../src/config/config-schema.ts';
import type { LocalKeys } from '../../../src/diagnose/check-context.ts';
import { consumerOf } from '../../../src/local-org/oauth/apps/consumers.ts';
import { startLocalOrg, type RunningOrg } from '../../../src/local-org/start-local-org.ts';
import { cli } from '../../e2e/cli.ts';
import { API, userOf, type OrgUser } from '../../e2e/story/org-user.ts';
import { startDnsServer, type DnsServer, type Zone } from '../../provision/mail/dns-server.ts';
import { controlOf, deployFiles, type Control } from './plant.ts';

export const integrationUser = 'integration@example.com';
export const mailbox = 'support@example.com';
const callback = 'https://api.open.cx/backend/salesforce-case-management/oauth/callback';

/** What DNS says of a domain whose mail is in order. */
export const healthyZone: Zone = {
  'example.com': { TXT: ['v=spf1 include:_spf.salesforce.com ~all'] },
  '_spf.salesforce.com': { TXT: ['v=spf1 ip4:136.146.0.0/16 ~all'] },
  '_dmarc.example.com': { TXT: ['v=DMARC1; p=none'] },
  'a._domainkey.example.com': { CNAME: 'a.abc.custdkim.salesforce.com' },
  'b._domainkey.example.com': { CNAME: 'b.abc.custdkim.salesforce.com' },
};

/** An org that is set up, connected and in use, to be copied for each story. */
export interface HealthyOrg {
  folder: string;
  config: Config;
  dns: DnsServer;
  /** Keys of Live Messaging, where it is set up. */
  localKeys?: LocalKeys;
  close: () => Promise<void>;
}

/** Sets an org up as an administrator would, and lets a day of work go through it. */
export async function buildHealthyOrg(): Promise<HealthyOrg> {
  const folder = await mkdtemp(join(tmpdir(), 'opencx-sf-healthy-'));
  const webhook = await listener();
  const dns = await startDnsServer(healthyZone);
  const { port } = webhook.address() as AddressInfo;
  const settings = settingsFor(`http://127.0.0.1:${port}/hook`, dns.address);
  const org = await startLocalOrg({ dataDir: join(folder, 'org') });
  await setUp(org, folder, settings);
  const admin = await userOf(org.url, org.issueAccessToken());
  const control = controlOf(org.url);
  await finishByHand(org, admin, control);
  await connectOpenCx(org, integrationUser);
  await work(org, admin, control);
  await org.close();
  return {
    folder,
    config: configSchema.parse(settings),
    dns,
    close: async () => {
      await new Promise((done) => {
        webhook.closeAllConnections();
        webhook.close(done);
      });
      await dns.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Starts a copy of it; the copy is thrown away when it is closed. */
export async function copyOf({ folder }: HealthyOrg, now?: () => Date): Promise<RunningOrg> {
  const copy = await mkdtemp(join(tmpdir(), 'opencx-sf-copy-'));
  await cp(join(folder, 'org'), copy, { recursive: true });
  const org = await startLocalOrg({ dataDir: copy, ...(now === undefined ? {} : { now }) });
  const close = async (): Promise<void> => {
    await org.close();
    await rm(copy, { recursive: true, force: true });
  };
  return { ...org, close };
}

function settingsFor(webhookUrl: string, dnsServer: string) {
  return {
    blueprint: { replyTo: mailbox, integrationUsername: integrationUser, orgWideEmailAddress: mailbox, webhookUrl },
    setup: {
      emailToCase: { acceptPermanent: true },
      reps: { usernames: ['rep@example.com'] },
      mail: { dnsServers: [dnsServer] },
    },
  };
}

async function listener(): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200).end());
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  return server;
}

async function setUp(org: RunningOrg, folder: string, settings: object): Promise<void> {
  const admin = await userOf(org.url, org.issueAccessToken());
  await createUser(admin, 'rep@example.com', 'Standard User');
  await writeFile(join(folder, 'opencx-sf.config.json'), JSON.stringify(settings));
  const env = { SF_ORG_INSTANCE_URL: org.url, SF_ACCESS_TOKEN: org.issueAccessToken() };
  const done = await cli(['init', '--yes', '--no-tests'], { cwd: folder, env });
  if (done.exitCode !== 0) throw new Error(`init: ${done.stderr}`);
}

/** @returns the id */
export async function createUser(admin: OrgUser, username: string, profileName: string): Promise<string> {
  const [profile] = await admin.query(`SELECT Id FROM Profile WHERE Name = '${profileName}'`);
  return await admin.create('User', {
    Username: username,
    LastName: 'Person',
    Email: username,
    Alias: username.slice(0, 8),
    ProfileId: profile?.['Id'],
    TimeZoneSidKey: 'GMT',
    LocaleSidKey: 'en_US',
    LanguageLocaleKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
  });
}

/** What the set-up leaves to a person, and what the page advises for production. */
async function finishByHand(org: RunningOrg, admin: OrgUser, control: Control): Promise<void> {
  const { routingAddresses } = await control<{ routingAddresses: { id: string }[] }>('GET', 'mail/routing-addresses');
  for (const { id } of routingAddresses) await control('PATCH', `mail/routing-addresses/${id}`, { isVerified: true });
  const addresses = await admin.query('SELECT Id FROM OrgWideEmailAddress');
  const noReply = await admin.create('OrgWideEmailAddress', {
    Address: 'noreply@example.com',
    DisplayName: 'No reply',
    Purpose: 'DefaultNoreply',
  });
  for (const id of [...addresses.map((row) => String(row['Id'])), noReply]) {
    await control('PATCH', `mail/org-wide-addresses/${id}`, { isVerified: true });
  }
  const key = await admin.create('EmailDomainKey', {
    Domain: 'example.com',
    DomainMatch: 'DomainOnly',
    Selector: 'a',
    AlternateSelector: 'b',
    KeySize: 2048,
  });
  await control('PATCH', `records/EmailDomainKey/${key}`, {
    IsActive: true,
    TxtRecordName: 'a.abc.custdkim.salesforce.com',
    AlternateTxtRecordName: 'b.abc.custdkim.salesforce.com',
  });
  await deployFiles(org, { 'assignmentRules/Case.assignmentRules': assignmentRule }, 'AssignmentRules', 'Case');
  await runTests(org, admin);
}

const assignmentRule = `<?xml version="1.0" encoding="UTF-8"?>
<AssignmentRules xmlns="http://soap.sforce.com/2006/04/metadata"><assignmentRule><fullName>All to tier 1</fullName><active>true</active><ruleEntry><assignedTo>Tier_1_Support</assignedTo><assignedToType>Queue</assignedToType><criteriaItems><field>Case.Origin</field><operation>equals</operation><value>Phone</value></criteriaItems></ruleEntry></assignmentRule></AssignmentRules>`;

async function runTests(org: RunningOrg, admin: OrgUser): Promise<void> {
  await admin.call('POST', `${API}/tooling/runTestsAsynchronous/`, {
    classNames: 'OpenSalesforceCaseManagementTest',
    testLevel: 'RunSpecifiedTests',
  });
  await org.jobsDone();
}

/** A person logs in as a user and allows the app, as OpenCX's Connect does. */
export async function connectOpenCx(org: RunningOrg, username: string): Promise<void> {
  const consumer = consumerOf(org.state, 'OpenCX');
  if (consumer === undefined) throw new Error('the app has no consumer');
  const allow = { response_type: 'code', client_id: consumer.key, redirect_uri: callback, username };
  const allowed = await fetch(`${org.url}/services/oauth2/authorize`, {
    method: 'POST',
    body: new URLSearchParams(allow),
    redirect: 'manual',
  });
  const code = new URL(allowed.headers.get('location') ?? '', callback).searchParams.get('code');
  if (code === null) throw new Error(`no code: ${allowed.status} ${await allowed.text()}`);
  const exchange = {
    grant_type: 'authorization_code',
    code,
    client_id: consumer.key,
    client_secret: consumer.secret,
    redirect_uri: callback,
  };
  const answer = await fetch(`${org.url}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams(exchange),
  });
  if (!answer.ok) throw new Error(`no token: ${await answer.text()}`);
}

/** A customer writes, OpenCX hands over and answers, the customer answers back. */
async function work(org: RunningOrg, admin: OrgUser, control: Control): Promise<void> {
  await control('POST', 'mail/receive', customerMail('Where is my order?', 'It is late.'));
  await org.jobsDone();
  const openCx = await sessionOf(org, control, integrationUser);
  const caseId = await openCx.create('Case', { Subject: 'Order', Origin: 'Email', Case_From__c: 'opencx' });
  await openCx.create('EmailMessage', {
    ParentId: caseId,
    Subject: 'Your order',
    TextBody: 'It is on its way.',
    FromAddress: mailbox,
    ToAddress: 'jane@customer.test',
    Status: '3',
  });
  const { mail } = await control<{ mail: { id: string; subject: string }[] }>('GET', 'mail');
  const reply = mail.find(({ subject }) => subject.includes('Your order'));
  const sent = await control('GET', `mail/${reply?.id ?? 'none'}`);
  const token = /thread::[\w-]+::/.exec(JSON.stringify(sent))?.[0] ?? '';
  await control('POST', 'mail/receive', customerMail('Re: Your order', `Thank you!\n\n> It is on its way. ${token}`));
  await org.jobsDone();
  const [answer] = await admin.query(`SELECT Id FROM EmailMessage WHERE Incoming = true AND ParentId = '${caseId}'`);
  if (answer === undefined) throw new Error('the answer did not thread');
}

/** A session of another user, as the control API gives it. */
export async function sessionOf(org: RunningOrg, control: Control, username: string): Promise<OrgUser> {
  const { accessToken } = await control<{ accessToken: string }>('POST', 'sessions', { username });
  return await userOf(org.url, accessToken);
}

/** A mail from outside, as RFC 5322 has it. */
export function customerMail(subject: string, body: string, from = 'jane@customer.test'): string {
  return [
    `From: Jane <${from}>`,
    `To: ${mailbox}`,
    `Subject: ${subject}`,
    `Message-ID: <${Math.random().toString(36).slice(2)}@customer.test>`,
    'Date: Sun, 29 Nov 2026 10:00:00 +0000',
    '',
    body,
    '',
  ].join('\r\n');
}
