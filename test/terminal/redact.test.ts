import { describe, expect, test } from 'vitest';

import { createRedactor } from '../../src/terminal/redact.ts';

describe('a redactor', () => {
  test.each([
    ['a session id', 'token 00D5f000000abcDEAQ!AQ0AQJ.x_Y-z1234567890 end', 'AQ0AQJ'],
    ['a bearer header', 'Authorization: Bearer abc.def.ghi-jklmnop', 'abc.def'],
    ['a private key', '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----', 'MIIEvQ'],
    ['a private key cut off', 'x -----BEGIN RSA PRIVATE KEY-----\nMIIEvQIBADANBg', 'MIIEvQ'],
    ['an auth URL', 'force://PlatformCLI::5Aep861TSESvWeug@acme.my.salesforce.com', '5Aep861'],
    ['a JWT', 'assertion eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJhYmMifQ.c2lnbmF0dXJl', 'eyJpc3M'],
    ['an OAuth form', 'grant_type=x&client_secret=s3cr3tvalue&code=1', 's3cr3tvalue'],
    ['an OAuth answer', '{"refresh_token":"5Aep8abcdef","scope":"api"}', '5Aep8abcdef'],
    ['a SOAP header', '<met:sessionId>00Dxx!abcdefghij</met:sessionId>', 'abcdefghij'],
  ])('blanks %s by its shape', (_what, text, secret) => {
    const clean = createRedactor().redact(text);
    expect(clean).not.toContain(secret);
    expect(clean).toContain('[redacted]');
  });

  test('blanks a value it was told, also as it stands in JSON and in a URL', () => {
    const redactor = createRedactor();
    redactor.addSecret('https://hooks.example.com/in?k="1"');
    const text =
      'plain https://hooks.example.com/in?k="1" json "https://hooks.example.com/in?k=\\"1\\"" url https%3A%2F%2Fhooks.example.com%2Fin%3Fk%3D%221%22';
    expect(redactor.redact(text)).toBe('plain [redacted] json "[redacted]" url [redacted]');
  });

  test('leaves ordinary text, ids and names alone', () => {
    const text = 'Deployed ApexClass OpenSalesforceCaseManagement (0Af5f00000AbCdEFGH) into 00D5f000000abcDEAQ';
    expect(createRedactor().redact(text)).toBe(text);
  });

  test('does not blank what is too short to be a secret', () => {
    const redactor = createRedactor();
    redactor.addSecret('local');
    expect(redactor.redact('the local org')).toBe('the local org');
  });
});
