import { z } from 'zod';

import { blueprintSettingsSchema } from './blueprint-settings.ts';
import { messagingSettingsSchema } from './messaging-settings.ts';
import { setupSettingsSchema } from './setup-settings.ts';

const loginSchema = z
  .strictObject({
    clientId: z
      .string()
      .min(1)
      .optional()
      .describe('Consumer key of the External Client App, for JWT, client credentials and web login.'),
    username: z.string().min(1).optional().describe('User to log in as by JWT.'),
    privateKeyFile: z
      .string()
      .min(1)
      .optional()
      .describe('Path of the private key (PEM) for JWT login; never the key itself.'),
    loginUrl: z.url().optional().describe('Login host, e.g. https://test.salesforce.com or the My Domain URL.'),
    instanceUrl: z.url().optional().describe('My Domain URL of the org.'),
  })
  .describe('How to log in without the Salesforce CLI. Secrets never stand in this file.');

const deploySchema = z
  .strictObject({
    testLevel: z
      .enum(['NoTestRun', 'RunSpecifiedTests', 'RunLocalTests', 'RunAllTestsInOrg'])
      .optional()
      .describe('Tests that a deployment runs; by default the test class that is deployed along.'),
    waitMinutes: z.number().min(0).max(1440).default(33).describe('Minutes to wait for the end of a deployment.'),
    transport: z.enum(['metadata', 'tooling']).default('metadata').describe('API that carries the Apex.'),
  })
  .prefault({})
  .describe('How components are deployed.');

/** `opencx-sf.config.json`: the answer to every question, the same whether a wizard or a person wrote it. */
export const configSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where the JSON schema of this file is.'),
    targetOrg: z.string().min(1).optional().describe('"local", or an alias or username of the Salesforce CLI.'),
    apiVersion: z
      .string()
      .regex(/^\d{2,3}\.0$/, 'is written like 66.0')
      .optional()
      .describe('API version to speak to the org.'),
    login: loginSchema.prefault({}),
    blueprint: blueprintSettingsSchema.prefault({}),
    deploy: deploySchema,
    setup: setupSettingsSchema,
    messaging: messagingSettingsSchema,
  })
  .describe('Configuration of opencx-sf.');

export type Config = z.infer<typeof configSchema>;
