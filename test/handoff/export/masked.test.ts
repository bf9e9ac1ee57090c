import { describe, expect, test } from 'vitest';

import { maskedHeaders, maskedTarget } from '../../../src/handoff/export/masked.ts';

describe('a URL that is shown', () => {
  test.each([
    ['https://api.open.cx/webhooks/s3cret', 'https://api.open.cx/…'],
    ['https://api.open.cx/?key=s3cret', 'https://api.open.cx/…'],
    ['https://api.open.cx/', 'https://api.open.cx'],
    ['http://localhost:3000/webhooks/case_created', 'http://localhost:3000/webhooks/case_created'],
    ['http://127.0.0.1:3000/', 'http://127.0.0.1:3000/'],
    ['http://[::1]:3000/hook?token=abc', 'http://[::1]:3000/hook?…'],
    ['http://localhost:4680/webhooks/salesforce/Zk9Qx7vB2mN4pR8sT1uW', 'http://localhost:4680/webhooks/salesforce/…'],
    ['http://user:pass@localhost:3000/hook', 'http://localhost:3000/hook'],
    ['no URL', '[redacted]'],
  ])('%s is %s', (url, shown) => {
    expect(maskedTarget(url)).toBe(shown);
  });
});

test('header fields that let somebody in are shown without their values, in any case; others as they are', () => {
  const open = [
    ['Content-Type', 'application/json'],
    ['X-Signature', 'abc'],
    ['Token-Count', '3'],
    ['Idempotency-Key', '1'],
    ['WWW-Authenticate', 'Bearer'],
    ['traceparent', '00-1-2-01'],
  ] as const;
  const secret = [
    'Authorization',
    'PROXY-AUTHORIZATION',
    'Cookie',
    'set-cookie',
    'X-Api-Key',
    'apikey',
    'X-Auth-Token',
    'X-Auth-Key',
    'X-Authorization',
    'X-Functions-Key',
    'Ocp-Apim-Subscription-Key',
    'Cf-Access-Jwt-Assertion',
    'X-Amzn-Oidc-Data',
  ];
  expect(maskedHeaders(open)).toEqual(open);
  expect(maskedHeaders(secret.map((name) => [name, 's3cret']))).toEqual(secret.map((name) => [name, '[redacted]']));
});
