import type { Context } from 'hono';

import type { LocalOrgEnv } from '../../../http/route.ts';
import type { OrgState } from '../../../state/org-state.ts';
import { findConversation } from '../../conversations/stored-conversation.ts';
import type { StoredConversation } from '../../conversations/stored-conversation.ts';
import { bearerOf } from '../../tokens/access-token.ts';
import type { Bearer } from '../../tokens/access-token.ts';
import { forbidden, notFound } from '../scrt-error.ts';

/** Whom the request's token speaks for. @throws GatewayRefusal */
export async function requestBearer(c: Context<LocalOrgEnv>, org: OrgState): Promise<Bearer> {
  return await bearerOf(org, /^Bearer\s+(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]);
}

/**
 * The bearer's conversation. To be looked up once everything of the request has been read: what happens meanwhile counts.
 * @throws ScrtError 404, or 403 for somebody else's
 */
export function conversationOf(org: OrgState, bearer: Bearer, id: string): StoredConversation {
  const conversation = findConversation(org, id);
  if (conversation === undefined) throw notFound(`The conversation ${id} was not found.`);
  if (conversation.subject !== bearer.subject) throw forbidden('The conversation belongs to another end user.');
  return conversation;
}
