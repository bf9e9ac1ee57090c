import { expect, test } from 'vitest';

import { systemClock } from '../../../src/clock.ts';
import { OpencxError } from '../../../src/errors/opencx-error.ts';
import { failed } from '../../../src/handoff/conversation/carry/carried.ts';

const attempted = { startedAt: 0, request: { method: 'POST', url: 'https://acme.example/', headers: [] } };
const { signal } = new AbortController();

test('a bug is a failure like others, so that the session is told once no attempt is left', () => {
  expect(failed(attempted, new TypeError('x is not a function'), signal, systemClock)).toMatchObject({
    farSide: 'silent',
    attempt: { failure: 'x is not a function' },
  });
});

test('what the store throws is left to the worker: it says nothing of Salesforce', () => {
  const full = new OpencxError('STORE_FAILED', { message: 'the disk is full' });
  expect(() => failed(attempted, full, signal, systemClock)).toThrow(full);
});
