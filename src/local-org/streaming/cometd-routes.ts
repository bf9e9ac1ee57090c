import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

import { parseJson } from '../http/parse-json.ts';
import { RestError } from '../http/rest-error.ts';
import type { LocalOrgEnv, RouteRegistrant } from '../http/route.ts';
import { isVersion } from '../http/session-guard.ts';
import type { OrgState } from '../state/org-state.ts';
import { readMessages } from './bayeux.ts';
import type { BayeuxMessage } from './bayeux.ts';
import { answerMessage } from './meta-channels.ts';

/**
 * The Streaming API: Bayeux over long polling. Some clients append the kind of message to the path
 * (`/cometd/66.0/connect`).
 */
export const registerCometdRoutes: RouteRegistrant = (app, org) => {
  for (const path of ['/cometd/:version', '/cometd/:version/:kind{handshake|connect|disconnect}']) {
    app.post(path, (c) => answerRequest(c, org));
  }
  app.post('/cometd', (c) => answerRequest(c, org));
};

async function answerRequest(c: Context<LocalOrgEnv>, org: OrgState): Promise<Response> {
  const messages = await messagesOf(c);
  const problem = versionProblem(org, c.req.param('version'));
  if (problem !== undefined) {
    const advice = { reconnect: 'none' };
    return c.json(messages.map(({ channel, id }) => ({ channel, id, successful: false, error: problem, advice })));
  }
  const token = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  const gone = connectionEnd(c);
  const mayWait = messages.length === 1;
  const answers: object[] = [];
  for (const message of messages) answers.push(...(await answerMessage({ org, token, gone, mayWait }, message)));
  return c.json(answers);
}

async function messagesOf(c: Context<LocalOrgEnv>): Promise<BayeuxMessage[]> {
  const text = await c.req.text();
  let body: unknown;
  try {
    body = parseJson(text);
  } catch (error) {
    throw new RestError(400, 'JSON_PARSER_ERROR', error instanceof Error ? error.message : String(error));
  }
  const messages = readMessages(body);
  if (messages === undefined) throw new RestError(400, 'JSON_PARSER_ERROR', 'The body holds no Bayeux messages');
  return messages;
}

/** In the words of the guide's "Streaming API Error Codes". */
function versionProblem(org: OrgState, version: string | undefined): string | undefined {
  const highest = org.settings.apiVersion;
  if (version !== undefined && isVersion(`v${version}`, highest)) return undefined;
  return version === undefined
    ? `400::API version in the URI is mandatory. URI format: '/cometd/${highest}'`
    : `400::Unsupported API version. Only API versions '31.0' and above are supported. URI format: '/cometd/${highest}'`;
}

function connectionEnd(c: Context<LocalOrgEnv>): AbortSignal {
  const end = new AbortController();
  (c.env as HttpBindings).outgoing.once('close', () => {
    end.abort();
  });
  return end.signal;
}
