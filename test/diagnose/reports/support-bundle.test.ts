import { expect, test } from 'vitest';

import { fail } from '../../../src/diagnose/finding.ts';
import type { VerifyReport } from '../../../src/diagnose/reports/report-input.ts';
import { supportBundle, type SupportBundleExtras } from '../../../src/diagnose/reports/support-bundle.ts';
import { supportBundleSchema } from '../../../src/diagnose/reports/support-bundle-schema.ts';
import { fingerprintOf } from '../../../src/provision/webhook/webhook-credential.ts';
import { createRedactor } from '../../../src/terminal/redact.ts';
import { found, hostileReport, inactiveTrigger, sampleReport } from './sample-report.ts';

const webhookUrl = 'https://hooks.open.cx/salesforce/in/9f8e7d6c5b4a?key=s3cr3t';

function extras(changes: Partial<SupportBundleExtras> = {}): SupportBundleExtras {
  const redactor = createRedactor();
  redactor.addSecret(webhookUrl);
  redactor.addSecret('hunter2-hunter2@example.com-pass');
  return {
    createdAt: '2026-11-20T10:00:05.000Z',
    node: 'v24.21.0',
    platform: 'linux x64',
    session: { sessionId: '7b1c6c1e-5f0a-4c55-8a3e-2f3f0c9d1a11', caseId: '5005f00000AbCdEAAV' },
    description: 'Handoff runs but no Case appears.',
    components: [
      { type: 'ApexTrigger', fullName: 'CaseTrigger', found: true, state: { status: 'Inactive', apiVersion: 66 } },
      { type: 'NamedCredential', fullName: 'OpenCX_Integration', found: true, state: { endpoint: webhookUrl } },
    ],
    mailboxes: ['support@acme.com'],
    redactValue: (value) => redactor.redactValue(value),
    ...changes,
  };
}

/** The bundle of a run with one finding. */
function bundleOf(verdict: Parameters<typeof fail>[1], changes: Partial<SupportBundleExtras> = {}): string {
  const findings = [found('webhook', 'endpoint', 'The endpoint is the webhook URL', fail('It is not.', verdict))];
  return supportBundle(sampleReport({ findings }), extras(changes));
}

function parsed(text: string) {
  return supportBundleSchema.parse(JSON.parse(text));
}

test('a bundle holds what a support request asks for', () => {
  const symptom = { id: 'no-case', title: 'Handoff runs but no Case appears' };
  const report = sampleReport({ findings: [inactiveTrigger], symptom, causes: ['apex.case-trigger'] });
  expect(parsed(supportBundle(report, extras()))).toEqual({
    schemaVersion: 1,
    kind: 'opencx-sf support bundle',
    createdAt: '2026-11-20T10:00:05.000Z',
    product: { name: 'opencx-sf', version: '0.1.0' },
    node: 'v24.21.0',
    platform: 'linux x64',
    organization: report.organization,
    session: { sessionId: '7b1c6c1e-5f0a-4c55-8a3e-2f3f0c9d1a11', caseId: '5005f00000AbCdEAAV' },
    description: 'Handoff runs but no Case appears.',
    summary: {
      verdict: 'fail',
      counts: { fail: 1, crash: 0, warn: 0, skip: 0, pass: 0 },
      symptom,
      causes: ['apex.case-trigger'],
      apiVersion: '66.0',
      startedAt: '2026-11-20T10:00:00.000Z',
      durationMs: 2345,
      requests: 14,
    },
    findings: [
      {
        ...inactiveTrigger.check,
        status: 'fail',
        summary: 'CaseTrigger is inactive.',
        evidence: ['ApexTrigger CaseTrigger: Status = Inactive'],
        remedy: inactiveTrigger.finding.remedy,
        fixable: false,
        docsUrl: inactiveTrigger.finding.docsUrl,
        data: { status: 'Inactive' },
      },
    ],
    components: [
      { type: 'ApexTrigger', fullName: 'CaseTrigger', found: true, state: { status: 'Inactive', apiVersion: 66 } },
      {
        type: 'NamedCredential',
        fullName: 'OpenCX_Integration',
        found: true,
        state: { endpoint: `https://hooks.open.cx/… (fingerprint ${fingerprintOf(webhookUrl)})` },
      },
    ],
  });
});

test.each<[string, VerifyReport]>([
  ['with a finding of each status', sampleReport()],
  ['without findings', sampleReport({ findings: [] })],
  ['of a hostile org', hostileReport()],
])('a bundle %s is JSON by its schema', (_what, report) => {
  expect(parsed(supportBundle(report, extras({ session: {} }))).findings).toHaveLength(report.findings.length);
});

const planted = [
  ['an access token', '00D5f000000abcDEAQ!AQ0AQJ.x_Y-z1234567890', 'AQ0AQJ'],
  ['a bearer header', 'Authorization: Bearer abc.def.ghi-jklmnop', 'abc.def'],
  ['a private key', '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----', 'MIIEvQ'],
  ['a private key with Windows line ends', '-----BEGIN RSA PRIVATE KEY-----\r\nMIIEvQIBADANBg', 'MIIEvQ'],
  ['a SOAP header', '<met:sessionId>00Dxx!abcdefghij</met:sessionId>', 'abcdefghij'],
  ['a link that logs in', 'https://acme.my.salesforce.com/secur/frontdoor.jsp?sid=00Dxx!abcdefghij', 'abcdefghij'],
  ['an auth URL', 'force://PlatformCLI::5Aep861TSESvWeug@acme.my.salesforce.com', '5Aep861'],
  ['an OAuth answer', '{"refresh_token":"5Aep8abcdef","scope":"api"}', '5Aep8abcdef'],
  ['a secret that holds an address', 'pass hunter2-hunter2@example.com-pass', 'com-pass'],
  ['a secret behind control characters', 'Bearer abc\u0000\u001Bdef.ghi-jklmnop', 'jklmnop'],
  ['the webhook URL', `endpoint ${webhookUrl}.`, '9f8e7d6c5b4a'],
  ['the webhook URL as JSON has it', 'https:\\/\\/hooks.open.cx\\/salesforce\\/in\\/9f8e7d6c5b4a', '9f8e7d6c5b4a'],
  ['the webhook URL in a query', `?endpoint=${encodeURIComponent(webhookUrl)}&x=1`, '9f8e7d6c5b4a'],
  ['a webhook URL that nobody knows', "'https://other.example:8443/hook/9f8e7d6c5b4a'", '9f8e7d6c5b4a'],
  ['a URL with a password', 'https://user:9f8e7d6c5b4a@other.example', '9f8e7d6c5b4a'],
] as const;

test.each(planted)('%s comes out nowhere', (_what, secret, telling) => {
  const everywhere = bundleOf(
    {
      evidence: [secret],
      remedy: [{ text: secret, command: secret, url: secret }],
      data: { deep: [{ value: secret }], [secret]: 1, long: `${'x'.repeat(3990)} ${secret}` },
    },
    {
      description: secret,
      session: { sessionId: secret, caseId: secret },
      components: [{ type: 'NamedCredential', fullName: secret, found: true, state: { parameters: [secret] } }],
    },
  );
  expect(everywhere).not.toContain(telling);
  expect(parsed(everywhere).findings).toHaveLength(1);
});

test('the redactor has the last word, also about what masking made', () => {
  const redactValue = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value).replaceAll('s…@example.com', '[redacted]'));
  const text = bundleOf({ evidence: ['from sarah@example.com'] }, { redactValue });
  expect(parsed(text).findings[0]?.evidence).toEqual(['from [redacted]']);
});

test('a webhook URL is host and fingerprint, the same that webhook show tells', () => {
  const shown = `https://hooks.open.cx/… (fingerprint ${fingerprintOf(webhookUrl)})`;
  const text = bundleOf({
    evidence: [`The endpoint is ${webhookUrl}.`, JSON.stringify({ url: webhookUrl }).replaceAll('/', '\\/')],
    data: { encoded: encodeURIComponent(webhookUrl) },
  });
  expect(parsed(text).findings[0]).toMatchObject({
    evidence: [`The endpoint is ${shown}.`, `{"url":"${shown}"}`],
    data: { encoded: shown },
  });
});

test('pages of Salesforce and of the documentation stay whole', () => {
  const pages = [
    'https://acme.my.salesforce-setup.com/lightning/setup/EmailToCase/home',
    'https://docs.open.cx/llms.txt',
    'https://acme.my.salesforce.com/500/o',
    'see https://other.example.',
  ];
  expect(parsed(bundleOf({ evidence: pages })).findings[0]?.evidence).toEqual(pages);
});

test('the org that a person serves may be on any host', () => {
  const organization = { ...sampleReport().organization, instanceUrl: 'http://127.0.0.1:4599' };
  const evidence = ['http://127.0.0.1:4599/services/data', 'http://127.0.0.1:4600/services/data'];
  const findings = [found('org', 'api', 'The org answers', fail('It does not.', { evidence }))];
  expect(parsed(supportBundle(sampleReport({ organization, findings }), extras())).findings[0]?.evidence).toEqual([
    'http://127.0.0.1:4599/services/data',
    `http://127.0.0.1:4600/… (fingerprint ${fingerprintOf('http://127.0.0.1:4600/services/data')})`,
  ]);
});

test('texts without end are cut, and do not keep anybody waiting', () => {
  const endless = ['a', '@', ')', '"', '`', 'https://x/', 'subject', '%40', '😀'].map((text) => text.repeat(300_000));
  const start = performance.now();
  const text = bundleOf({ evidence: endless, data: { endless } }, { description: endless.join('') });
  expect(performance.now() - start).toBeLessThan(20_000);
  expect(parsed(text).findings[0]?.evidence[0]).toMatch(/^a{4000}… \(296000 more characters\)$/);
  expect(text.length).toBeLessThan(120_000);
  expect(text.isWellFormed()).toBe(true);
});

test('facts that are no JSON are told as JSON tells them', () => {
  const text = bundleOf({ data: { at: new Date(0), missing: undefined, none: null, list: [undefined] } });
  expect(parsed(text).findings[0]?.data).toEqual({ at: '1970-01-01T00:00:00.000Z', none: null, list: [null] });
});
