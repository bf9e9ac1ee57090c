import { resolve } from 'node:path';

import type { WebhookContract } from '../../../blueprint/webhook-contract.ts';
import { webhookUrlProblem } from '../../../blueprint/validation/addresses.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import type { ForwardRoute } from '../../../handoff/delivery/forward-routes.ts';
import { openAllowList, type AllowListOptions } from '../../../handoff/security/allow-list.ts';
import { checkTargetUrl } from '../../../handoff/security/target-guard.ts';
import type { ServeMode } from '../../../handoff/serve-options.ts';
import { parseDuration } from '../../duration.ts';
import { parseSize } from '../../size.ts';
import type { ServeFlags } from '../flags.ts';
import { readEventName } from './event-name.ts';

/** What the flags of `serve` ask for, checked; what files hold is read later. */
export interface ServeWish {
  readonly port: number;
  /** Milliseconds since an event was received. */
  readonly giveUpAfterMs: number;
  readonly retention: { readonly maxAgeMs: number; readonly maxBytes: number };
  readonly routes: readonly ForwardRoute[];
  readonly mode: ServeMode;
  readonly callbackUrl: URL | undefined;
  /** From where webhooks may come; undefined: from everywhere. */
  readonly callers: AllowListOptions | undefined;
  /** Origin of a tunnel or proxy that leads here. */
  readonly publicOrigin: string | undefined;
  /** Files of a certificate and its key. */
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
}

/** @throws OpencxError USAGE */
export function serveWish(flags: ServeFlags, contract: WebhookContract, cwd: string): ServeWish {
  refuseContradictions(flags);
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
    mode: modeOf(flags),
    callers: callersOf(flags),
    callbackUrl: flags.callbackUrl === undefined ? undefined : checkTargetUrl(flags.callbackUrl, '--callback-url'),
    publicOrigin: flags.publicUrl === undefined ? undefined : publicOrigin(flags.publicUrl),
    tls:
      flags.tlsCert === undefined || flags.tlsKey === undefined
        ? undefined
        : { cert: resolve(cwd, flags.tlsCert), key: resolve(cwd, flags.tlsKey) },
  };
}

function modeOf({ record, readOnly, sessions }: ServeFlags): ServeMode {
  if (record === true) return 'record';
  if (readOnly === true) return 'read-only';
  return sessions ? 'everything' : 'forward';
}

function refuseContradictions(flags: ServeFlags): void {
  if ((flags.tlsCert === undefined) !== (flags.tlsKey === undefined)) {
    throw new OpencxError('USAGE', { message: '--tls-cert and --tls-key belong together: both, or none.' });
  }
  if (flags.record === true && (flags.forwardTo !== undefined || flags.forward !== undefined)) {
    throw new OpencxError('USAGE', {
      message: '--record carries nothing, so that there is nothing to forward to.',
      nextSteps: ['Leave --forward-to out; opencx-sf events replay --to <url> carries what was recorded.'],
    });
  }
  if (flags.record === true && flags.callbackUrl !== undefined) {
    throw new OpencxError('USAGE', { message: '--record carries nothing, so that nothing is told to --callback-url.' });
  }
  if (!flags.sessions && flags.callbackUrl !== undefined) {
    throw new OpencxError('USAGE', {
      message: '--no-sessions works webhooks into no session, so that nothing is told to --callback-url.',
    });
  }
  if (flags.trustProxy !== undefined && flags.allowIp === undefined) {
    throw new OpencxError('USAGE', {
      message: '--trust-proxy says who is believed about callers: it goes with --allow-ip.',
    });
  }
  if (flags.readOnly === true && flags.publicUrl !== undefined) {
    throw new OpencxError('USAGE', {
      message: '--read-only changes nothing in Salesforce, and --public-url sets the Named Credential: one of them.',
    });
  }
}

/** @throws OpencxError USAGE for what is no address */
function callersOf({ allowIp: allow, trustProxy }: ServeFlags): AllowListOptions | undefined {
  if (allow === undefined) return undefined;
  const callers = { allow, ...(trustProxy === undefined ? {} : { trustProxy }) };
  openAllowList(callers);
  return callers;
}

/** @throws OpencxError USAGE */
function publicOrigin(text: string): string {
  const url = URL.parse(text.trim());
  const problem = url === null ? 'it is no URL' : webhookUrlProblem(url.href);
  if (url === null || problem !== undefined || url.pathname !== '/' || url.search !== '') {
    throw new OpencxError('USAGE', {
      message: `--public-url is the address of a tunnel or proxy that leads here, without a path: ${problem ?? 'it has one'}.`,
      nextSteps: ['e.g. --public-url https://your-name.ngrok.app'],
    });
  }
  return url.origin;
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
