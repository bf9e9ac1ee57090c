import { expect, test } from 'vitest';
import { z } from 'zod';
import { blueprintSettingsSchema } from '../../src/config/blueprint-settings.ts';

interface JsonSchema {
  description?: string;
  default?: unknown;
  properties?: Record<string, JsonSchema>;
}

function* properties(schema: JsonSchema, path: string): Generator<[string, JsonSchema]> {
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    yield [`${path}${name}`, property];
    yield* properties(property, `${path}${name}.`);
  }
}

test('the settings can be published as a JSON schema in which every property is described', () => {
  const schema = z.toJSONSchema(blueprintSettingsSchema, { io: 'input' }) as JsonSchema;
  const all = [...properties(schema, '')];
  expect(all.length).toBeGreaterThan(50);
  expect(all.filter(([, { description }]) => !/^\S.*\.$/.test(description ?? '')).map(([path]) => path)).toEqual([]);
});

test('the defaults are the names of the published pages', () => {
  const { names, options, namedCredential } = blueprintSettingsSchema.parse({});
  expect(names).toMatchObject({
    apexClass: 'OpenSalesforceCaseManagement',
    testClass: 'OpenSalesforceCaseManagementTest',
    namedCredential: 'OpenCX_Integration',
    caseFromField: 'Case_From__c',
    caseSessionField: 'OpenCX_Session_Id__c',
    emailSentField: 'OpenCx_Sent__c',
  });
  expect(Object.values(names.triggers).slice(0, 5)).toEqual([
    'OpenCaseTrigger',
    'OpenEmailMessageCustomerTrigger',
    'OpenEmailMessageHumanAgentTrigger',
    'OpenCaseOwnerChangeTrigger',
    'OpenCxOutboundEmailSender',
  ]);
  expect(options).toEqual({
    humanAgent: true,
    ownerChange: true,
    idempotency: true,
    bounce: false,
    caseClosed: false,
    webhookSignature: false,
    emailService: 'none',
    credentialModel: 'legacy',
  });
  expect(namedCredential).toMatchObject({ allowMergeFieldsInBody: true, generateAuthorizationHeader: true });
});
