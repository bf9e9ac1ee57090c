import { createHash, randomBytes } from 'node:crypto';

import { answerOf } from '../core/org-client.ts';
import type { Answer, OrgClient } from '../core/org-client.ts';

export const CALLBACK = 'http://localhost:1717/OauthRedirect';

/** A token request with its form as the official CLI sends it: in chunks, without its length. */
export async function tokenAnswer(
  client: OrgClient,
  form: Record<string, string>,
  more: Record<string, string> = {},
): Promise<Answer> {
  const text = new URLSearchParams(form).toString();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...more };
  const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
  return answerOf(await fetch(`${client.org.url}/services/oauth2/token`, init));
}

/** A form posted to another OAuth endpoint, without a session. */
export async function posted(client: OrgClient, endpoint: string, form: Record<string, string>): Promise<Answer> {
  const init = { method: 'POST', body: new URLSearchParams(form) };
  return answerOf(await fetch(`${client.org.url}/services/oauth2/${endpoint}`, init));
}

/** Where the authorize endpoint sends the browser for a person's answer on the page; undefined if it stays. */
export async function decided(client: OrgClient, form: Record<string, string>): Promise<URL | undefined> {
  const init: RequestInit = { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' };
  const answer = await fetch(`${client.org.url}/services/oauth2/authorize`, init);
  await answer.body?.cancel();
  const location = answer.headers.get('location');
  return location === null ? undefined : new URL(location);
}

/** An authorization request of a client, with what makes it special. */
export function authorization(clientId: string, more: Record<string, string> = {}): Record<string, string> {
  return { response_type: 'code', client_id: clientId, redirect_uri: CALLBACK, state: 'a b&c', ...more };
}

/** A verifier with its challenge (PKCE, S256). */
export function proofKey(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** Registers a client that calls back to the usual place. */
export async function register(client: OrgClient, init: Record<string, unknown>): Promise<void> {
  const { status, body } = await client.control('POST', 'clients', { callbackUrls: [CALLBACK], ...init });
  if (status !== 201) throw new Error(`The client was not registered: ${JSON.stringify(body)}`);
}

/** A code for a client, from the administrator. */
export async function codeFor(client: OrgClient, clientId: string, more: Record<string, string> = {}): Promise<string> {
  const target = await decided(client, authorization(clientId, more));
  const code = target?.searchParams.get('code');
  if (typeof code !== 'string') throw new Error(`There came no code, but ${target?.href}`);
  return code;
}

/** Makes a second user, of the administrator's profile. @returns the id */
export function createUser(client: OrgClient, username: string): Promise<string> {
  const { records, settings } = client.org.state;
  return client.create('User', {
    Username: username,
    LastName: 'Other',
    Email: username,
    Alias: 'other',
    ProfileId: records.get('User', settings.adminUserId)?.['ProfileId'],
    TimeZoneSidKey: 'GMT',
    LocaleSidKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
    LanguageLocaleKey: 'en_US',
  });
}
