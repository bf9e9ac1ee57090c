import { expect, onTestFinished } from 'vitest';

import type { Clock } from '../../../src/clock.ts';
import type {
  FindCodeEvent,
  FindCodeOutcome,
  FindCodeOptions,
} from '../../../src/diagnose/forwarding-code/find-code.ts';
import { findForwardingCode } from '../../../src/diagnose/forwarding-code/find-code.ts';
import { startLocalOrg } from '../../../src/local-org/start-local-org.ts';
import { openOrg, type Org } from '../../../src/salesforce/org.ts';

/** A local org with a routing address, and a clock that passes by waiting alone. */
export interface MailOrg {
  org: Org;
  /**
   * Moves the clock of the org and of who asks it, in milliseconds. The `Date` of its answers stays, so that what is moved
   * and not moved back looks like a wrong clock.
   */
  pass(ms: number): void;
  /** @returns the id of the EmailMessage */
  receive(raw: string): Promise<string>;
  /** Makes an EmailMessage as it stands, which no mail server would. @returns its id */
  insert(values: Record<string, unknown>): Promise<string>;
  fault(body: object): Promise<void>;
  /** What happens at the next pauses between two looks, in their order. */
  meanwhile(...acts: (() => unknown)[]): void;
  /** The lengths of the pauses, in milliseconds. */
  pauses: number[];
  find(options: Partial<FindCodeOptions>): Promise<{ events: FindCodeEvent[]; outcome: FindCodeOutcome }>;
}

/** @param ahead how far the clock of who asks is ahead of the org's, in milliseconds */
export async function mailOrg({ ahead = 0 }: { ahead?: number } = {}): Promise<MailOrg> {
  let passed = 0;
  const acts: (() => unknown)[] = [];
  const pauses: number[] = [];
  const clock: Clock = {
    now: () => Date.now() + passed + ahead,
    random: () => 0.5,
    sleep: async (ms, signal) => {
      pauses.push(ms);
      passed += ms;
      await acts.shift()?.();
      signal?.throwIfAborted();
    },
  };
  const local = await startLocalOrg({ now: () => new Date(Date.now() + passed) });
  onTestFinished(() => local.close());
  const session = { instanceUrl: local.url, accessToken: local.issueAccessToken(), source: 'access-token' } as const;
  const org = await openOrg(session, { clock, preferredApiVersion: '66.0' });

  const control = async (path: string, contentType: string, body: string): Promise<Record<string, unknown>> => {
    const headers = { 'x-local-org-control': 'test', 'content-type': contentType };
    const response = await fetch(`${local.url}/_local${path}`, { method: 'POST', headers, body });
    expect(response.ok, await response.clone().text()).toBe(true);
    return (await response.json()) as Record<string, unknown>;
  };
  const routing = {
    emailAddress: 'support@example.com',
    caseOrigin: 'Email',
    casePriority: 'Medium',
    isVerified: true,
  };
  await control('/mail/routing-addresses', 'application/json', JSON.stringify(routing));

  return {
    org,
    pauses,
    pass: (ms) => (passed += ms),
    receive: async (raw) => {
      const { emailMessageId } = await control('/mail/receive', 'message/rfc822', raw);
      return String(emailMessageId);
    },
    insert: async (values) => {
      const record = { Incoming: true, Status: '0', ...values };
      const { id } = await org.rest<{ id: string }>('POST', '/sobjects/EmailMessage', 'making a message', record);
      return id;
    },
    fault: async (body) => {
      await control('/faults', 'application/json', JSON.stringify(body));
    },
    meanwhile: (...next) => acts.push(...next),
    find: async (options) => {
      const events: FindCodeEvent[] = [];
      const search = findForwardingCode(org, { provider: 'gmail', waitMs: 0, requestedAt: clock.now(), ...options });
      for (;;) {
        const step = await search.next();
        if (step.done === true) return { events, outcome: step.value };
        events.push(step.value);
      }
    },
  };
}
