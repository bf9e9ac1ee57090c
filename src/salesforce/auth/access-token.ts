import { OpencxError } from '../../errors/opencx-error.ts';
import type { OrgSession } from './org-session.ts';
import { organizationIdOfToken } from './organization-id.ts';
import { checkedInstanceUrl } from './org-url.ts';

export interface AccessTokenLogin {
  /** A session id `00D…!…` or a JWT-shaped access token. Blanks and line ends around it are dropped. */
  accessToken: string;
  instanceUrl: string;
}

/**
 * A session from a token that somebody else obtained (SF_ACCESS_TOKEN, or the standard input). No request is made: the
 * first one to the org tells whether the token is alive. There is no refresh.
 * @throws OpencxError AUTH_FAILED for what cannot be a token, USAGE for an instance URL no token may be sent to
 */
export function accessTokenLogin(options: AccessTokenLogin): OrgSession {
  const accessToken = checkedAccessToken(options.accessToken);
  const organizationId = organizationIdOfToken(accessToken);
  return {
    instanceUrl: checkedInstanceUrl(options.instanceUrl, 'The instance URL (SF_ORG_INSTANCE_URL)'),
    accessToken,
    source: 'access-token',
    ...(organizationId === undefined ? {} : { organizationId }),
  };
}

/** Whether a text has the shape of a session id: the one secret people put where a user name belongs. */
export function looksLikeAccessToken(text: string): boolean {
  return /^00D\w{12,15}!/.test(text.trim());
}

/** Salesforce's session ids and, for orgs that issue them, JWT-based access tokens. */
const tokenShapes = [/^00D\w{12}(?:\w{3})?![\w.+/=-]+$/, /^[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}$/];

/**
 * A token with the blanks around it dropped, if it can be one.
 * @throws OpencxError AUTH_FAILED; the token itself is not in it
 */
export function checkedAccessToken(value: string): string {
  const token = value.trim();
  // Since sf 2.136.8 every command but one prints this text in the token's place.
  if (/redacted/i.test(token)) {
    throw new OpencxError('AUTH_FAILED', {
      message: 'The access token is the text [REDACTED] that the Salesforce CLI prints in the place of tokens.',
      nextSteps: ['Take the token from `sf org auth show-access-token --target-org <alias> --json`.'],
    });
  }
  if (tokenShapes.some((shape) => shape.test(token))) return token;
  throw new OpencxError('AUTH_FAILED', {
    message:
      token === ''
        ? 'The access token is empty.'
        : 'The access token has not the shape of one: <15 or 18 characters of the org id>!<characters>, or a JWT.',
    nextSteps: [
      'Take the token from `sf org auth show-access-token --target-org <alias> --json`.',
      'In a shell, put the token in single quotes: an exclamation mark in double quotes is replaced by the history.',
    ],
  });
}
