import { describe, expect, test } from 'vitest';

import { shortOrgId } from '../../../src/messaging/endpoint/org-id.ts';
import { deriveScrtUrl } from '../../../src/messaging/endpoint/scrt-url.ts';

describe('the host of Live Messaging', () => {
  test.each([
    ['https://yourcompany.my.salesforce.com', 'https://yourcompany.my.salesforce-scrt.com'],
    ['https://yourcompany.my.salesforce.com/', 'https://yourcompany.my.salesforce-scrt.com'],
    ['https://yourcompany--dev.sandbox.my.salesforce.com', 'https://yourcompany--dev.sandbox.my.salesforce-scrt.com'],
    ['https://some-dev-ed.develop.my.salesforce.com', 'https://some-dev-ed.develop.my.salesforce-scrt.com'],
    ['https://some-dream-1.scratch.my.salesforce.com', 'https://some-dream-1.scratch.my.salesforce-scrt.com'],
    ['https://some-dev-ed.trailblaze.my.salesforce.com', 'https://some-dev-ed.trailblaze.my.salesforce-scrt.com'],
    ['https://yourcompany.my.salesforce-scrt.com', 'https://yourcompany.my.salesforce-scrt.com'],
  ])('follows from %s', (instanceUrl, scrtUrl) => {
    expect(deriveScrtUrl(instanceUrl)).toBe(scrtUrl);
  });

  test.each([
    'http://127.0.0.1:4000',
    'http://yourcompany.my.salesforce.com',
    'https://na99.salesforce.com',
    'https://login.salesforce.com',
    'https://.my.salesforce.com',
    'https://yourcompany.my.salesforce.com.example.com',
    'https://yourcompany.my.salesforce.com:8443',
    'yourcompany',
  ])('does not follow from %s', (instanceUrl) => {
    expect(deriveScrtUrl(instanceUrl)).toBeUndefined();
  });
});

describe('the organization id in 15 characters', () => {
  test('is the beginning of one with 18', () => {
    expect(shortOrgId('00D5g00000Ab1CdEAJ')).toBe('00D5g00000Ab1Cd');
    expect(shortOrgId('00D5g00000Ab1Cd')).toBe('00D5g00000Ab1Cd');
  });

  test('is not taken from a mistyped one: the last three characters know the case of the others', () => {
    expect(() => shortOrgId('00D5g00000ab1CdEAJ')).toThrow(/has a mistake/);
    expect(() => shortOrgId('0055g00000Ab1Cd')).toThrow(/no organization id/);
    expect(() => shortOrgId('00D5g00000Ab1CdE')).toThrow(/no organization id/);
  });
});
