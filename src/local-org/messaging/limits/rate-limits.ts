import type { OrgState } from '../../state/org-state.ts';
import { ScrtError } from '../http/scrt-error.ts';
import { messagingSwitches } from '../switches/messaging-switches.ts';

/** How many requests in how many milliseconds (help, "Rate Limits"). */
const LIMITS = {
  /** Access tokens of an org, first and renewed ones each by themselves. */
  token: { requests: 200, windowMs: 60_000 },
  renewal: { requests: 200, windowMs: 60_000 },
  /** Conversations that one page begins; the client of a token stands for the page. */
  conversation: { requests: 3, windowMs: 30_000 },
  /** Messages of a customer in a conversation. */
  message: { requests: 22, windowMs: 60_000 },
} as const;

/** When requests were taken, in milliseconds, by what they count for. In memory: a restart begins anew. */
const takenBy = new WeakMap<OrgState, Map<string, number[]>>();

/**
 * Counts a request.
 * @param who whose requests are counted together
 * @throws ScrtError 429 beyond the limit; such requests do not count
 */
export function countRequest(org: OrgState, limit: keyof typeof LIMITS, who = ''): void {
  const { rateLimits, retryAfter } = messagingSwitches(org);
  if (!rateLimits) return;
  const { requests, windowMs } = LIMITS[limit];
  const taken = takenBy.get(org) ?? new Map<string, number[]>();
  takenBy.set(org, taken);
  const now = org.now().getTime();
  // An org that was reset is another one, and owes nothing.
  const key = `${org.settings.organizationId} ${limit} ${who}`;
  // A clock that was put back must not lock anybody out.
  const recent = (taken.get(key) ?? []).filter((time) => time > now - windowMs && time <= now);
  const [oldest = now] = recent;
  taken.set(key, recent);
  if (recent.length >= requests) {
    const seconds = Math.max(1, Math.ceil((oldest + windowMs - now) / 1000));
    const message = `Rate limit exceeded: ${requests} requests in ${windowMs / 1000} seconds.`;
    // Whether Salesforce says when to come again is not confirmed.
    throw new ScrtError(429, 'TOO_MANY_REQUESTS', message, retryAfter ? seconds : undefined);
  }
  recent.push(now);
}
