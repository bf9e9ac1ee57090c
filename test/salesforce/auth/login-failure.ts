import { inspect } from 'node:util';

import { OpencxError } from '../../../src/errors/opencx-error.ts';

/** The OpencxError a login ended with; anything else, success included, fails the test. */
export async function failureOf(login: () => unknown): Promise<OpencxError> {
  try {
    await login();
  } catch (error) {
    if (error instanceof OpencxError) return error;
    throw error;
  }
  throw new Error('the login succeeded');
}

/** Everything an error could ever show: message, details, steps, and the whole chain of causes with all properties. */
export function everythingIn(error: OpencxError): string {
  return `${inspect(error, { depth: 12, showHidden: true })} ${JSON.stringify(error)} ${JSON.stringify(error.details)}`;
}

/** A clock that waits for nobody, and remembers for how long it should have. */
export function impatientClock(now = Date.now()): {
  now(): number;
  sleep(ms: number): Promise<void>;
  random(): number;
  slept: number[];
} {
  const slept: number[] = [];
  return {
    now: () => now,
    sleep: async (ms) => {
      slept.push(ms);
      return Promise.resolve();
    },
    random: () => 0.5,
    slept,
  };
}
