import type { Connection } from 'jsforce';

import type { Clock } from '../clock.ts';

/** What is seen of a session's traffic. */
export interface Traffic {
  /** HTTP requests made so far. */
  requests: () => number;
  /** How far this machine's clock is ahead of the org's, in milliseconds; undefined where no answer told the time. */
  clockAhead: () => number | undefined;
}

/** Counts, and reads the time of answers, at the one place that REST and SOAP go through. */
export function watchTransport(connection: Connection, clock: Clock): Traffic {
  const transport = connection._transport;
  const send = transport.httpRequest.bind(transport);
  let count = 0;
  let ahead: number | undefined;
  const readTime = ({ headers }: { headers?: Record<string, string> }): void => {
    const date = Date.parse(headers?.['date'] ?? '');
    if (!Number.isNaN(date)) ahead = clock.now() - date;
  };
  transport.httpRequest = (...request) => {
    count += 1;
    const sent = send(...request);
    // A failure is told to whoever asked; here it has no time to tell.
    sent.then(readTime, () => undefined);
    return sent;
  };
  return { requests: () => count, clockAhead: () => ahead };
}
