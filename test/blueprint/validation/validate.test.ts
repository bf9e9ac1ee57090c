import { describe, expect, test } from 'vitest';
import { renderBlueprint } from '../../../src/blueprint/blueprint.ts';
import { settingProblems } from '../../../src/blueprint/validation/validate.ts';
import { blueprintSettingsSchema, type BlueprintSettingsInput } from '../../../src/config/blueprint-settings.ts';
import { singleOptions, testSettings, variants } from '../variants.ts';

/** The settings that are found faulty, each with its problem. */
function problems(input: BlueprintSettingsInput): string[] {
  return settingProblems(testSettings(input)).map(({ setting, problem }) => `${setting} ${problem}`);
}

const refusedNames: [string, string][] = [
  ['', 'it is empty'],
  ['1Trigger', 'begin with a letter'],
  ['_Trigger', 'begin with a letter'],
  ['My Trigger', 'only letters, digits and underscores'],
  ['My-Trigger', 'only letters, digits and underscores'],
  ['Trígger', 'only letters, digits and underscores'],
  ['Trigger;', 'only letters, digits and underscores'],
  ['Trigger\n', 'only letters, digits and underscores'],
  ['My__Trigger', 'two underscores in a row'],
  ['Trigger_', 'ends with an underscore'],
  ['T'.repeat(41), 'it has 41 characters, 40 are allowed'],
  ['Trigger', 'Apex reserves this word'],
  ['SELECT', 'Apex reserves this word'],
  ['transient', 'Apex reserves this word'],
  ['Trigger__c', 'only fields end with __c'],
  ['EmailMessage', 'would hide the Salesforce type'],
];

const acceptedNames = ['A', 'T'.repeat(40), 'Open_Case_1', 'OPENCASE', 'selectCase'];

describe('names', () => {
  test.each(refusedNames)('%j is refused', (name, reason) => {
    expect(problems({ names: { triggers: { newCase: name } } })).toEqual([expect.stringContaining(reason)]);
  });

  test.each(acceptedNames)('%j is accepted', (name) => {
    expect(problems({ names: { triggers: { newCase: name } } })).toEqual([]);
  });

  test('are told apart without regard to case, as Salesforce does', () => {
    const taken = problems({ names: { apexClass: 'Desk', triggers: { newCase: 'DESK' } } });
    expect(taken).toEqual(['names.triggers.newCase "DESK" is the name of names.apexClass too']);
  });

  test('of custom fields end with __c', () => {
    expect(problems({ names: { caseFromField: 'Case_From' } })).toEqual([expect.stringContaining('ends with __c')]);
    expect(problems({ names: { caseFromField: 'ns__From__c' } })).toEqual([expect.stringContaining('two underscores')]);
    expect(problems({ names: { caseFromField: `${'F'.repeat(40)}__c` } })).toEqual([]);
    expect(problems({ names: { caseSessionField: 'case_from__c' } })).toEqual([expect.stringContaining('too')]);
  });

  test('of test fields may be standard, custom, or of a package', () => {
    const caseFields = { Reason: 'New', Region__c: 1, ns__Region__c: true };
    expect(problems({ testRecords: { caseFields } })).toEqual([]);
    expect(problems({ testRecords: { caseFields: { "Region__c'": 1 } } })).toHaveLength(1);
  });
});

const refusedAddresses = [
  '',
  'support',
  '@example.com',
  'support@',
  'support@example',
  'support@example..com',
  'Support <support@example.com>',
  'a@example.com,b@example.com',
  'a b@example.com',
  'support@example.com\n',
  "a'); delete [SELECT Id FROM Case]; //@x.co",
  `${'a'.repeat(80)}@example.com`,
];

const webhookUrls: [string, string | undefined][] = [
  ['https://api.open.cx/hook?token=1', undefined],
  ['http://127.0.0.1:9/hook', undefined],
  ['http://localhost:3000/hook', undefined],
  ['http://example.com/hook', 'must begin with https://'],
  ['ftp://example.com/hook', 'must begin with https://'],
  ['javascript:alert(1)', 'must begin with https://'],
  ['https://user:password@example.com/', 'carries a user name or password'],
  ['https://example.com/#part', 'carries a fragment'],
  ['https://example.com/{!$Credential.Password}', 'is not a URL'],
  ['https://example.com/ hook', 'is not a URL'],
  ['example.com/hook', 'is not a URL'],
  [`https://example.com/${'x'.repeat(255)}`, 'is longer than 255 characters'],
];

describe('addresses', () => {
  test.each(refusedAddresses)('%j is refused', (address) => {
    expect(problems({ replyTo: address })).toEqual([expect.stringMatching(/^replyTo is/)]);
    expect(problems({ integrationUsername: address })).toEqual([expect.stringMatching(/^integrationUsername is/)]);
    expect(problems({ orgWideEmailAddress: address })).toEqual([expect.stringMatching(/^orgWideEmailAddress is/)]);
  });

  test.each(["o'brien+help@mail.example.co.uk", 'A.B_c-d@example.com'])('%j is accepted', (address) => {
    expect(problems({ replyTo: address, integrationUsername: address, orgWideEmailAddress: address })).toEqual([]);
  });

  test.each(webhookUrls)('webhook URL %j', (webhookUrl, reason) => {
    expect(problems({ webhookUrl })).toEqual(reason === undefined ? [] : [expect.stringContaining(reason)]);
  });
});

describe('settings', () => {
  test('that rendering cannot do without are all asked for at once, with remedies', async () => {
    await expect(renderBlueprint(blueprintSettingsSchema.parse({}))).rejects.toMatchObject({
      code: 'BLUEPRINT_INVALID',
      message:
        'The blueprint cannot be rendered: replyTo is missing; integrationUsername is missing; webhookUrl is missing.',
      nextSteps: [
        expect.stringContaining('Email-to-Case routing address'),
        expect.stringContaining('Username'),
        expect.stringContaining('webhook URL'),
      ],
    });
  });

  test('never combine an organization-wide address with a display name', () => {
    const both = { orgWideEmailAddress: 'care@example.com', senderDisplayName: 'Care' };
    expect(problems(both)).toEqual([expect.stringContaining('cannot be used together with orgWideEmailAddress')]);
  });

  test.each([
    [{ apiVersion: '66' }, 'apiVersion'],
    [{ apiVersion: '58.0' }, 'apiVersion'],
    [{ senderDisplayName: 'a\nb' }, 'senderDisplayName'],
    [{ caseFromValue: ' ' }, 'caseFromValue'],
    [{ namedCredential: { label: 'x'.repeat(81) } }, 'namedCredential.label'],
    [{ emailService: { mailgunDomain: 'mg.example.com/evil' } }, 'emailService.mailgunDomain'],
    [{ emailService: { namedCredential: 'OpenCX_Integration' } }, 'emailService.namedCredential'],
    [{ webhook: { retryDelaysMinutes: [5, 1] } }, 'webhook.retryDelaysMinutes'],
    [{ contract: { keys: { nonsense: 'x' } } }, 'contract.keys.nonsense'],
    [{ contract: { keys: { toString: 'x' } } }, 'contract.keys.toString'],
    [{ contract: { keys: { caseId: "x'y" } } }, 'contract.keys.caseId'],
    [{ contract: { keys: { caseId: 'case_number' } } }, 'contract.keys.caseNumber'],
    [{ contract: { events: { caseCreated: 'case_closed' } } }, 'contract.events.caseClosed'],
  ] satisfies [BlueprintSettingsInput, string][])('%j is refused', (input, setting) => {
    expect(problems(input)).toEqual([expect.stringMatching(new RegExp(`^${setting.replaceAll('.', '\\.')} `))]);
  });

  test('of every variant are accepted', () => {
    for (const [variant, settings] of variants('pairs')) expect(settingProblems(settings), variant).toEqual([]);
  });

  test('of the wrong type or range, or unknown, do not pass the schema', () => {
    expect(blueprintSettingsSchema.safeParse({ replyto: 'a@b.co' }).success).toBe(false);
    expect(blueprintSettingsSchema.safeParse({ webhook: { timeoutMs: 120_001 } }).success).toBe(false);
    expect(blueprintSettingsSchema.safeParse({ webhook: { retryDelaysMinutes: [11] } }).success).toBe(false);
    expect(blueprintSettingsSchema.safeParse({ options: { emailService: 'smtp' } }).success).toBe(false);
    expect(blueprintSettingsSchema.safeParse(singleOptions.renamed).success).toBe(true);
  });
});
