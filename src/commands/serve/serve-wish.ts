import type { WebhookContract } from '../../blueprint/webhook-contract.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import type { ForwardRoute } from '../../handoff/delivery/forward-routes.ts';
import { checkTargetUrl } from '../../handoff/security/target-guard.ts';
import { parseDuration } from '../duration.ts';
import { parseSize } from '../size.ts';
import { readEventName } from './event-name.ts';
import type { ServeFlags } from './flags.ts';

/** What the flags of `serve` ask for, checked. */
export interface ServeWish {
  readonly port: number;
  /** Milliseconds since an event was received. */
  readonly giveUpAfterMs: number;
  readonly retention: { readonly maxAgeMs: number; readonly maxBytes: number };
  readonly routes: readonly ForwardRoute[];
}

/** @throws OpencxError USAGE */
export function serveWish(flags: ServeFlags, contract: WebhookContract): ServeWish {
  return {
    port: portOf(flags.port),
    giveUpAfterMs: parseDuration(flags.giveUpAfter, '--give-up-after', 'h'),
    retention: {
      maxAgeMs: parseDuration(flags.maxAge, '--max-age', 'd'),
      maxBytes: parseSize(flags.maxSize, '--max-size'),
    },
    routes: [
      ...(flags.forwardTo === undefined
        ? []
        : [{ event: undefined, url: checkTargetUrl(flags.forwardTo, '--forward-to') }]),
      ...(flags.forward ?? []).map((text) => routeOf(text, contract)),
    ],
  };
}

function routeOf(text: string, contract: WebhookContract): ForwardRoute {
  const [, event, url] = /^([^=/:]+)=(.+)$/.exec(text.trim()) ?? [];
  if (event === undefined || url === undefined) {
    // What was given may be a URL with a secret, so it is not repeated.
    throw new OpencxError('USAGE', {
      message: '--forward takes event=URL, e.g. case_created=http://localhost:3000/created; --forward-to takes a URL.',
    });
  }
  return { event: readEventName(contract, event, '--forward'), url: checkTargetUrl(url, `--forward ${event}=…`) };
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new OpencxError('USAGE', { message: `--port ${text} is no port: a number from 0 (a free one) to 65535.` });
}
