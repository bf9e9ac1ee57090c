import { X509Certificate } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { keyFiles } from '../../../src/messaging/keys/key-folder.ts';
import { makeKey, type MadeKey } from '../../../src/messaging/keys/make-key.ts';
import {
  deployMessaging,
  type DeployedMessaging,
  type MessagingOptions,
} from '../../local-org/messaging/messaging-package.ts';
import { servedOrg, type ServedOrg } from '../served-org.ts';

export const issuer = 'https://opencx.example.com';
const keysFolder = join('.opencx-sf', 'messaging-keys');

/** A local org with Live Messaging, the folder a person works in, and a representative who is online. */
export interface Desk {
  served: ServedOrg;
  deployed: DeployedMessaging;
  /** Makes host, organization and issuer known without a login. */
  env: Record<string, string>;
  rep: Representative;
}

/** The person in Salesforce, by the control API. */
export interface Representative {
  /** Takes the work that is offered next. @returns its id */
  accept(): Promise<string>;
  reply(work: string, text: string): Promise<{ id: string; transcriptedTimestamp: number }>;
  /** `typing`, `read`, `leave`, `end`, `file`. */
  does(work: string, what: string, body?: unknown): Promise<unknown>;
  /** The texts of all messages of a conversation, with the role of who said them. */
  sees(conversationId: string): Promise<{ role: string; text: string }[]>;
}

const username = 'rep@example.com';

/** @param cwd gets the folder of the keys, as `messaging keys generate` leaves it, unless it is there already */
export async function openDesk(cwd: string, options: MessagingOptions = {}): Promise<Desk> {
  const served = await servedOrg();
  const { SF_ACCESS_TOKEN: token = '' } = served.env;
  const key = (await keyIn(cwd)) ?? (await writtenKey(cwd));
  const deployed = await deployMessaging({ url: served.running.url, token }, { key, issuer, ...options });
  await served.control('POST', '/messaging/agents', { username, name: 'Rita Rep' });
  return {
    served,
    deployed,
    env: {
      OPENCX_SF_SCRT_URL: served.running.scrtUrl,
      OPENCX_SF_ORG_ID: served.running.organizationId,
      OPENCX_SF_ISSUER: issuer,
    },
    rep: representative((method, path, body) => served.control(method, path, body)),
  };
}

async function writtenKey(cwd: string): Promise<MadeKey> {
  const made = await makeKey({ bits: 2048, days: 365, now: Date.now(), beside: [] }, new AbortController().signal);
  for (const [path, content] of made.files) {
    const full = join(cwd, keysFolder, path);
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, content, { mode: 0o600 });
  }
  return made;
}

async function keyIn(cwd: string): Promise<MadeKey | undefined> {
  const paths = [keyFiles.privateKey, keyFiles.publicKey, keyFiles.certificate, keyFiles.jwk];
  const texts = await Promise.all(
    paths.map((path) => readFile(join(cwd, keysFolder, path), 'utf8').catch(() => undefined)),
  );
  const files = new Map(paths.map((path, index) => [path, texts[index] ?? '']));
  const jwk = files.get(keyFiles.jwk);
  if (jwk === undefined || jwk === '') return undefined;
  const certificate = new X509Certificate(files.get(keyFiles.certificate) ?? '');
  return { jwk: JSON.parse(jwk) as MadeKey['jwk'], certificate, fingerprint: '', files };
}

/** @param control asks the control API of a local org */
export function representative(
  control: (method: string, path: string, body?: unknown) => Promise<unknown>,
): Representative {
  const post = (work: string, what: string, body?: unknown) =>
    control('POST', `/messaging/agent-work/${work}/${what}`, body);
  return {
    async accept() {
      const offered = await soon(async () => {
        const { work } = (await control('GET', `/messaging/agent-work?agent=${username}`)) as {
          work: { id: string; status: string }[];
        };
        return work.find(({ status }) => status === 'Assigned');
      });
      await post(offered.id, 'accept');
      return offered.id;
    },
    reply: async (work, text) => (await post(work, 'reply', { text })) as { id: string; transcriptedTimestamp: number },
    does: post,
    async sees(conversationId) {
      const { entries } = (await control('GET', `/messaging/conversations/${conversationId}`)) as {
        entries: { type: string; role: string; text: string }[];
      };
      return entries.filter(({ type }) => type === 'Message').map(({ role, text }) => ({ role, text }));
    },
  };
}

/** Looks again until something is there. @throws Error after 20 seconds */
export async function soon<T>(look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 20_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error('It has not come within 20 seconds.');
    await sleep(20);
  }
}
