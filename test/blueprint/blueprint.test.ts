import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { renderBlueprint } from '../../src/blueprint/blueprint.ts';
import { mdapiLayout } from '../../src/blueprint/layouts.ts';
import { singleOptions, testSettings } from './variants.ts';

async function roles(...inputs: Parameters<typeof testSettings>): Promise<string[]> {
  return (await renderBlueprint(testSettings(...inputs))).components.map(({ role }) => role);
}

describe('the blueprint', () => {
  test('has a class, its test, five triggers, three fields, a Named Credential and a permission set', async () => {
    const { components, apiVersion } = await renderBlueprint(testSettings());
    expect(apiVersion).toBe('66.0');
    expect(components.map(({ type, fullName }) => `${type} ${fullName}`)).toEqual([
      'CustomField Case.Case_From__c',
      'CustomField Case.OpenCX_Session_Id__c',
      'CustomField EmailMessage.OpenCx_Sent__c',
      'NamedCredential OpenCX_Integration',
      'ApexClass OpenSalesforceCaseManagement',
      'ApexClass OpenSalesforceCaseManagementTest',
      'ApexTrigger OpenCaseTrigger',
      'ApexTrigger OpenEmailMessageCustomerTrigger',
      'ApexTrigger OpenEmailMessageHumanAgentTrigger',
      'ApexTrigger OpenCaseOwnerChangeTrigger',
      'ApexTrigger OpenCxOutboundEmailSender',
      'PermissionSet OpenCX_Integration',
    ]);
  });

  test('gains and loses components by option', async () => {
    expect(await roles(singleOptions.bounce)).toContain('bounce-trigger');
    expect(await roles(singleOptions['case-closed'])).toContain('case-closed-trigger');
    expect(await roles(singleOptions['external-credential'])).toContain('external-credential');
    expect(await roles(singleOptions['no-human-agent'])).not.toContain('human-agent-email-trigger');
    expect(await roles(singleOptions['no-owner-change'])).not.toContain('owner-change-trigger');
    expect(await roles(singleOptions['no-idempotency'])).not.toContain('email-sent-field');
  });

  test('names the object of triggers and fields', async () => {
    const { components } = await renderBlueprint(testSettings());
    const objects = Object.fromEntries(components.map(({ role, object }) => [role, object]));
    expect(objects).toMatchObject({
      'case-trigger': 'Case',
      'outbound-sender': 'EmailMessage',
      'email-sent-field': 'EmailMessage',
    });
    expect(objects['named-credential']).toBeUndefined();
  });

  test('shows the constants that support asks for in the outbound trigger', async () => {
    const { components } = await renderBlueprint(testSettings({ orgWideEmailAddress: 'care@example.com' }));
    const sender = components.find(({ role }) => role === 'outbound-sender')?.files[0]?.content;
    expect(sender).toContain("final String INTEGRATION_USERNAME = 'integration@example.com';");
    expect(sender).toContain("final String REPLY_TO_ADDRESS = 'support@example.com';");
    expect(sender).toContain("final String ORG_WIDE_EMAIL_ADDRESS = 'care@example.com';");
  });

  test('uses no default name where it is configured otherwise', async () => {
    const layout = mdapiLayout(await renderBlueprint(testSettings(singleOptions.renamed)));
    const text = [...layout].flat().join('\n');
    const defaults = [
      'OpenSalesforceCaseManagement',
      'OpenCaseTrigger',
      'OpenEmailMessage',
      'OpenCaseOwnerChange',
      'OpenCX_Integration',
      'Case_From__c',
      'OpenCX_Session_Id__c',
      'OpenCx_Sent__c',
      "'case_created'",
      "'case_id'",
    ];
    expect(defaults.filter((name) => text.includes(name))).toEqual([]);
    expect(text).toContain("'ticketId' => record.Id");
  });

  test('is the same to the byte in another process', async () => {
    const script = `
      const { blueprintSettingsSchema } = await import('./src/config/blueprint-settings.ts');
      const { renderBlueprint } = await import('./src/blueprint/blueprint.ts');
      const { mdapiLayout } = await import('./src/blueprint/layouts.ts');
      const { createHash } = await import('node:crypto');
      const settings = blueprintSettingsSchema.parse(JSON.parse(process.argv[1]));
      const files = JSON.stringify([...mdapiLayout(await renderBlueprint(settings))]);
      process.stdout.write(createHash('sha256').update(files).digest('hex'));`;
    const settings = testSettings();
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', script, JSON.stringify(settings)],
      { env: { ...process.env, TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8' } },
    );
    const files = JSON.stringify([...mdapiLayout(await renderBlueprint(settings))]);
    expect(stdout).toBe(createHash('sha256').update(files).digest('hex'));
  });
});
