import { fail, pass, skip, warn, type Verdict } from '../../../src/diagnose/finding.ts';
import type { ReportedFinding, VerifyReport } from '../../../src/diagnose/reports/report-input.ts';

/** A finding as the runner makes it. */
export function found(
  group: ReportedFinding['check']['group'],
  name: string,
  title: string,
  verdict: Verdict,
): ReportedFinding {
  const check = { id: `${group}.${name}`, title, group } as const;
  return { check, finding: { ...verdict, fixable: false, docsUrl: `docs/checks.md#${group}${name}` } };
}

/** What the check of a trigger says when somebody has switched it off. */
export const inactiveTrigger = found(
  'apex',
  'case-trigger',
  'CaseTrigger is active',
  fail('CaseTrigger is inactive.', {
    evidence: ['ApexTrigger CaseTrigger: Status = Inactive'],
    remedy: [
      {
        text: 'Switch it on.',
        command: 'opencx-sf apply --target-org acme',
        url: 'https://acme.my.salesforce-setup.com/lightning/setup/ApexTriggers/home',
      },
    ],
    data: { status: 'Inactive' },
  }),
);

export const crashed = found('webhook', 'endpoint', 'The endpoint is the webhook URL', {
  status: 'crash',
  summary: 'The check itself broke; this is a bug in opencx-sf.',
  evidence: ['Cannot read properties of undefined'],
  remedy: [],
  data: {},
});

export const fullMailbox = found(
  'email-out',
  'daily-limit',
  'The org may send mail today',
  warn('3 of 50 mails are left today.', { evidence: ['SingleEmail: Remaining = 3, Max = 50'] }),
);

export const findings: readonly ReportedFinding[] = [
  { ...found('org', 'api', 'The org answers', pass('API 66.0 answers.')), durationMs: 120 },
  inactiveTrigger,
  crashed,
  found('email-in', 'routing', 'A routing address is verified', skip('Not looked at: org.e2c comes first.')),
  fullMailbox,
];

/** A small run with a finding of each status. */
export function sampleReport(changes: Partial<VerifyReport> = {}): VerifyReport {
  return {
    organization: {
      id: '00D5f000000abcDEAQ',
      name: 'Acme Support',
      kind: 'sandbox',
      edition: 'Enterprise Edition',
      instanceUrl: 'https://acme.my.salesforce.com',
    },
    apiVersion: '66.0',
    productVersion: '0.1.0',
    startedAt: '2026-11-20T10:00:00.000Z',
    durationMs: 2345,
    requests: 14,
    findings,
    causes: [],
    ...changes,
  };
}

/** Text that tries to be more than text, in every format that a report is written in. */
export const hostile =
  '<script>alert(1)</script> ]]> | `code` ``` @team #12 [click](https://evil.example/x) ![x](y) **bold** \u0000\u001B[31m\u202Ered\uFFFE\uD800 {0} & "quoted"';

/** A run in which everything that may come from an org is hostile. */
export function hostileReport(): VerifyReport {
  const one = found(
    'apex',
    'rivals',
    'No other trigger does the same',
    fail(`${hostile}\n# Heading\n| a | b |`, {
      evidence: [hostile, '</details>\n```\n<img src=x onerror=alert(1)>'],
      remedy: [{ text: hostile, command: `rm \`${hostile}\``, url: 'javascript:alert(1)' }],
      data: { hostile },
    }),
  );
  const { organization } = sampleReport();
  return sampleReport({ organization: { ...organization, name: hostile }, findings: [one] });
}
