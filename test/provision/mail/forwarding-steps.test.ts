import { describe, expect, test } from 'vitest';

import { setupSettingsSchema } from '../../../src/config/setup-settings.ts';
import {
  forwardingSteps,
  gmailCodeQuery,
  verificationStep,
  type MailProvider,
} from '../../../src/provision/mail/forwarding-steps.ts';

const forwarding = { mailbox: 'support@acme.example', emailServicesAddress: 'support@0-abc.na1.case.salesforce.com' };
const providers: readonly MailProvider[] = ['gmail', 'outlook', 'dns', 'other'];

function stepsOf(provider: MailProvider): string {
  return forwardingSteps(provider, forwarding).join('\n');
}

describe.each(providers)('%s', (provider) => {
  test('is a provider of the configuration', () => {
    expect(setupSettingsSchema.parse({ emailToCase: { mailProvider: provider } }).emailToCase.mailProvider).toBe(
      provider,
    );
  });

  test('names both addresses, keeps a copy, ends with a test', () => {
    const steps = forwardingSteps(provider, forwarding);
    expect(steps.at(-1)).toMatch(/^Send a mail to support@acme\.example from an address outside/);
    expect(steps.join('\n')).toContain(forwarding.emailServicesAddress);
    expect(steps.join('\n')).toMatch(/copy/);
    for (const step of steps) expect(step).toMatch(/^[A-Z](?!.*(undefined|\n))/);
  });
});

test('before all forwarding the address is verified', () => {
  expect(verificationStep(forwarding.mailbox)).toMatch(
    /Routing Addresses has to show support@acme\.example as verified/,
  );
});

test('Gmail: the code is in the newest Case, and verifying alone forwards nothing', () => {
  const steps = stepsOf('gmail');
  expect(steps).toMatch(/code of nine digits, or a link alone, .* new Case: opencx-sf verify gmail-code/);
  expect(steps).toContain(gmailCodeQuery);
  expect(steps).toMatch(/Forward a copy of incoming mail to.*Save Changes/);
});

test("Gmail's query is the one of the OpenCX page", () => {
  expect(gmailCodeQuery).toBe(
    "SELECT Id, Subject, TextBody, CreatedDate FROM EmailMessage WHERE FromAddress = 'forwarding-noreply@google.com' ORDER BY CreatedDate DESC LIMIT 1",
  );
});

test('Microsoft 365: the outbound policy comes before the forwarding', () => {
  const steps = forwardingSteps('outlook', forwarding);
  const policy = steps.findIndex((step) => step.includes('Automatic forwarding rules: On'));
  const forward = steps.findIndex((step) => step.includes('-DeliverToMailboxAndForward $true'));
  expect(policy).toBe(0);
  expect(forward).toBeGreaterThan(policy);
  expect(steps.join('\n')).toMatch(/mail flow rule/);
});

test('DNS: no MX record can point at Salesforce, and SRS is in mind', () => {
  expect(stepsOf('dns')).toMatch(/Leave the MX records of acme\.example.*no MX record can point at Salesforce/);
  expect(stepsOf('dns')).toContain('support@acme.example support@0-abc.na1.case.salesforce.com, copy@acme.example');
  expect(stepsOf('dns')).toContain('(SRS)');
  expect(stepsOf('other')).toContain('(SRS)');
});
