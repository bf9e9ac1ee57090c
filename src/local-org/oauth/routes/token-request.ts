import type { Context } from 'hono';

import type { LocalOrgEnv } from '../../http/route.ts';
import { OAuthError } from '../oauth-error.ts';

/** Parameters of a request to an OAuth endpoint, from its query and its form. */
export type TokenRequest = Readonly<Record<string, string | undefined>>;

/** The parameters of a request; those of the form win over those of the query. */
export async function formOf(c: Context<LocalOrgEnv>): Promise<TokenRequest> {
  const body = new URLSearchParams(await c.req.text());
  return { ...c.req.query(), ...Object.fromEntries(body) };
}

/**
 * As `formOf`, with the client's id and secret of HTTP Basic where the client proves itself so.
 * @throws OAuthError invalid_client for credentials that cannot be read
 */
export async function tokenRequest(c: Context<LocalOrgEnv>): Promise<TokenRequest> {
  const fields = await formOf(c);
  const basic = /^Basic\s+(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (basic === undefined) return fields;
  const [id = '', ...secret] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return { ...fields, client_id: decoded(id), client_secret: decoded(secret.join(':')) };
}

/** Id and secret are form-encoded before they are put together (RFC 6749, section 2.3.1). */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (error) {
    throw new OAuthError('invalid_client', 'invalid client credentials', 400, { cause: error });
  }
}
