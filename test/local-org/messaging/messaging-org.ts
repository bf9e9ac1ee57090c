import { createPrivateKey } from 'node:crypto';

import { SignJWT } from 'jose';
import { expect } from 'vitest';

import type { StartLocalOrgOptions } from '../../../src/local-org/start-local-org.ts';
import { openOrgClient } from '../core/org-client.ts';
import type { Answer, OrgClient } from '../core/org-client.ts';
import { deployMessaging, newKey } from './messaging-package.ts';
import type { DeployedMessaging, MessagingOptions } from './messaging-package.ts';
import { customerOf, scrt, tokenBody, V2 } from './scrt-client.ts';
import type { Customer } from './scrt-client.ts';

export interface IdentityOptions {
  readonly sub?: string;
  readonly iss?: string;
  readonly kid?: string;
  readonly alg?: string;
  /** PKCS#8 PEM. */
  readonly privateKey?: string;
  /** Seconds from now. */
  readonly lifetime?: number;
}

/** A local org with Live Messaging, and a clock that tests move. */
export interface MessagingOrg {
  readonly client: OrgClient;
  readonly deployed: DeployedMessaging;
  /** Moves the org's clock on. */
  advance(ms: number): void;
  control(method: string, path: string, body?: unknown): Promise<Answer>;
  settings(change: object): Promise<void>;
  identityToken(options?: IdentityOptions): Promise<string>;
  tokenFor(options?: IdentityOptions): Promise<Answer>;
  /** A verified customer with a token. */
  customer(options?: IdentityOptions): Promise<Customer>;
  guest(): Promise<Customer>;
  /** A representative who is online. */
  agent(username?: string, more?: object): Promise<{ username: string; userId: string }>;
  work(username?: string): Promise<Answer['body'][]>;
  /** What is offered, of one conversation or of all, accepted: the id of the work. */
  accept(username?: string, conversationId?: string): Promise<string>;
  records(soql: string): Promise<Answer['body'][]>;
}

let sharedKey: ReturnType<typeof newKey> | undefined;

/** Opens an org and deploys into it. */
export async function openMessagingOrg(
  options: MessagingOptions = {},
  start: StartLocalOrgOptions = {},
): Promise<MessagingOrg> {
  let offset = 0;
  const client = await openOrgClient({ now: () => new Date(Date.now() + offset), ...start });
  const key = await (sharedKey ??= newKey());
  const deployed = await deployMessaging({ url: client.org.url, token: client.token }, { key, ...options });
  return messagingOrgOf(client, deployed, (ms) => {
    offset += ms;
  });
}

/** What tests do with an org that has Live Messaging. */
export function messagingOrgOf(
  client: OrgClient,
  deployed: DeployedMessaging,
  advance: (ms: number) => void = () => undefined,
): MessagingOrg {
  const { org } = client;
  const control: MessagingOrg['control'] = (method, path, body) => client.control(method, `messaging/${path}`, body);
  const identityToken: MessagingOrg['identityToken'] = async (options = {}) => {
    const now = Math.floor(org.state.now().getTime() / 1000);
    return await new SignJWT()
      .setProtectedHeader({ alg: options.alg ?? 'RS256', kid: options.kid ?? deployed.kid })
      .setIssuer(options.iss ?? deployed.issuer)
      .setSubject(options.sub ?? 'jane@customer.test')
      .setIssuedAt(now)
      .setExpirationTime(now + (options.lifetime ?? 600))
      .sign(createPrivateKey(options.privateKey ?? deployed.privateKey));
  };
  const tokenFor: MessagingOrg['tokenFor'] = async (options) =>
    scrt(org, 'POST', `${V2}/authorization/authenticated/access-token`, {
      body: {
        ...tokenBody(org, deployed.deployment),
        authorizationType: 'JWT',
        customerIdentityToken: await identityToken(options),
      },
    });
  const work: MessagingOrg['work'] = async (username) => {
    const query = username === undefined ? '' : `?agent=${encodeURIComponent(username)}`;
    return (await control('GET', `agent-work${query}`)).body.work;
  };
  return {
    client,
    deployed,
    advance,
    control,
    settings: async (change) => {
      const { body, status } = await control('PATCH', 'settings', change);
      expect(status, JSON.stringify(body)).toBe(200);
    },
    identityToken,
    tokenFor,
    customer: async (options) => customerOf(org, await tokenFor(options), deployed.deployment),
    guest: async () => {
      const body = tokenBody(org, deployed.deployment);
      const answer = await scrt(org, 'POST', `${V2}/authorization/unauthenticated/access-token`, { body });
      return customerOf(org, answer, deployed.deployment);
    },
    agent: async (username = 'rep@example.com', more = {}) => {
      const { body, status } = await control('POST', 'agents', { username, ...more });
      expect(status, JSON.stringify(body)).toBe(201);
      return body;
    },
    work,
    accept: async (username, conversationId) => {
      const offered = (await work(username)).find(
        (one) => one.status === 'Assigned' && one.conversationId === (conversationId ?? one.conversationId),
      );
      expect(offered, 'nothing is offered').toBeDefined();
      const { body, status } = await control('POST', `agent-work/${offered.id}/accept`);
      expect(status, JSON.stringify(body)).toBe(200);
      return offered.id;
    },
    records: async (soql) => {
      const { body, status } = await client.query(soql);
      expect(status, JSON.stringify(body)).toBe(200);
      return body.records;
    },
  };
}
