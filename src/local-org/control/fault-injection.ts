import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';

import type { LocalOrgEnv } from '../http/route.ts';
import type { Fault } from './control-requests.ts';
import type { FaultBoard } from './faults.ts';

/** Makes requests outside the control API suffer the faults armed for them. */
export function faultInjection(board: FaultBoard): MiddlewareHandler<LocalOrgEnv> {
  return async (c, next) => {
    if (c.req.path.startsWith('/_local/')) return next();
    const url = new URL(c.req.url);
    const faults = await board.take({
      method: c.req.method,
      path: url.pathname + decodedQuery(url),
      body: () => c.req.raw.clone().text(),
    });
    let dropAfter = false;
    for (const fault of faults) {
      const answer = await suffer(c, fault);
      if (answer !== undefined) return answer;
      dropAfter ||= fault.kind === 'drop-after';
    }
    await next();
    if (dropAfter) {
      dropConnection(c);
      c.res = new Response(null, { status: 499 });
    }
  };
}

/** @returns the answer that takes the place of the real one; undefined to go on */
async function suffer(c: Context<LocalOrgEnv>, fault: Fault): Promise<Response | undefined> {
  switch (fault.kind) {
    case 'status':
      return new Response(fault.body, { status: fault.status, headers: { 'content-type': fault.contentType } });
    case 'html':
      return new Response(fault.body, { status: fault.status, headers: { 'content-type': 'text/html;charset=UTF-8' } });
    case 'drop':
      dropConnection(c);
      return new Response(null, { status: 499 });
    case 'delay':
      await new Promise((resolve) => {
        setTimeout(resolve, fault.ms);
      });
      return undefined;
    case 'drop-after':
      return undefined;
  }
}

/** Destroys the client's socket: what it sees is a connection reset, and the answer made here goes nowhere. */
function dropConnection(c: Context<LocalOrgEnv>): void {
  (c.env as HttpBindings).incoming.socket.destroy();
}

function decodedQuery(url: URL): string {
  if (url.search === '') return '';
  return `?${Array.from(url.searchParams, ([name, value]) => `${name}=${value}`).join('&')}`;
}
