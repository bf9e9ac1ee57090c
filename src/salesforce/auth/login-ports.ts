import type { Dispatcher } from 'undici';

import type { Clock } from '../../clock.ts';
import { OpencxError } from '../../errors/opencx-error.ts';

/** What a login takes from its surroundings. Each has a default, so that only tests and the command layer name them. */
export interface LoginPorts {
  clock?: Clock;
  /** Aborting it ends the login with INTERRUPTED. */
  signal?: AbortSignal;
  /** Carries the token request; by default one that honours HTTPS_PROXY, HTTP_PROXY and NO_PROXY. */
  dispatcher?: Dispatcher;
  /** For one request to the token endpoint, in milliseconds; 30 s by default. */
  requestTimeoutMs?: number;
  /** Variables of the processes a login starts; by default those of this process. */
  environment?: Readonly<Record<string, string>>;
}

/** Whether the person, or whoever holds the signal, wants no login any more. */
export function isAborted(ports: LoginPorts): boolean {
  return ports.signal?.aborted === true;
}

/** The error of every login that Ctrl-C ended. */
export function interrupted(): OpencxError {
  return new OpencxError('INTERRUPTED', { message: 'The login was interrupted.' });
}
