import { describe, expect, test } from 'vitest';

import { orgFailure, toOpencxError } from '../../src/salesforce/org-errors.ts';
import { isTransient, retryRead } from '../../src/salesforce/retry.ts';

function apiError(errorCode: string, message: string): Error {
  return Object.assign(new Error(message), { errorCode, name: errorCode });
}
function socketError(code: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(`connect ${code} 127.0.0.1:1`), { code }) });
}

describe('what may be asked again', () => {
  test.each([
    ['a reset connection', socketError('ECONNRESET')],
    ['a refused connection', socketError('ECONNREFUSED')],
    ['an unknown host', socketError('ENOTFOUND')],
    ['a 503', apiError('ERROR_HTTP_503', 'Service Unavailable')],
    ['a 420', apiError('ERROR_HTTP_420', '')],
    ['SERVER_UNAVAILABLE', apiError('SERVER_UNAVAILABLE', 'Server Unavailable')],
    ['a page of HTML', apiError('ERROR_HTTP_HTML', '<!DOCTYPE html><title>Maintenance</title><p>We will be back</p>')],
    ['an internal servlet state', apiError('UNKNOWN_EXCEPTION', 'Unexpected internal servlet state')],
  ])('%s', (_what, error) => {
    expect(isTransient(orgFailure(error))).toBe(true);
  });

  test.each([
    ['an expired session', apiError('INVALID_SESSION_ID', 'Session expired or invalid')],
    ['a missing permission', apiError('INSUFFICIENT_ACCESS', 'no')],
    ['a bad query', apiError('MALFORMED_QUERY', 'unexpected token')],
    ['something unknown', new Error('boom')],
  ])('but not %s', (_what, error) => {
    expect(isTransient(orgFailure(error))).toBe(false);
  });
});

describe('an error of the org', () => {
  test.each([
    ['INVALID_SESSION_ID', 'AUTH_FAILED', 4],
    ['INSUFFICIENT_ACCESS', 'PERMISSION_DENIED', 4],
    ['API_DISABLED_FOR_ORG', 'PERMISSION_DENIED', 4],
    ['MALFORMED_QUERY', 'ORG_REFUSED', 1],
  ])('%s keeps its own code and message', (salesforceCode, code, exitCode) => {
    const error = toOpencxError(apiError(salesforceCode, 'as Salesforce says it'), 'reading');
    expect(error).toMatchObject({ code, exitCode, details: { salesforceErrorCode: salesforceCode } });
    expect(error.message).toContain(`${salesforceCode}: as Salesforce says it`);
  });

  test('a page of HTML is shown as its words', () => {
    const error = toOpencxError(
      apiError('ERROR_HTTP_HTML', '<html><script>var x</script><h1>Down for maintenance</h1></html>'),
      'reading',
    );
    expect(error.code).toBe('ORG_UNEXPECTED_ANSWER');
    expect(error.message).toContain('Down for maintenance');
    expect(error.message).not.toContain('<h1>');
  });

  test('a certificate that is not trusted names the remedy', () => {
    const error = toOpencxError(socketError('SELF_SIGNED_CERT_IN_CHAIN'), 'reading');
    expect(error.code).toBe('NETWORK');
    expect(error.nextSteps.join(' ')).toContain('NODE_EXTRA_CA_CERTS');
  });
});

describe('a read', () => {
  const waits: number[] = [];
  const clock = { now: () => 0, random: () => 0.5, sleep: async (ms: number) => void waits.push(ms) };

  test('is repeated after transient failures, ever later', async () => {
    waits.length = 0;
    let calls = 0;
    const value = await retryRead(clock, async () => {
      calls += 1;
      if (calls < 4) throw socketError('ECONNRESET');
      return 'answer';
    });
    expect(value).toBe('answer');
    expect(waits).toEqual([250, 500, 1000]);
  });

  test('gives up after four attempts, with the last failure', async () => {
    let calls = 0;
    const read = async () => {
      calls += 1;
      throw apiError('ERROR_HTTP_503', `attempt ${calls}`);
    };
    await expect(retryRead(clock, read)).rejects.toThrow('attempt 4');
  });

  test('is not repeated after a refusal', async () => {
    let calls = 0;
    const read = async () => {
      calls += 1;
      throw apiError('INVALID_FIELD', 'no such column');
    };
    await expect(retryRead(clock, read)).rejects.toThrow('no such column');
    expect(calls).toBe(1);
  });
});
