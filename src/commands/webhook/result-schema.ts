import { z } from 'zod';

const shown = {
  organizationId: z.string(),
  namedCredential: z.string(),
  url: z.string().describe('Scheme and host; the rest is a secret.'),
  fingerprint: z.string().describe('First 12 hexadecimal digits of the SHA-256 of the whole URL.'),
};

/** `result` of `webhook show --json`. */
export const webhookShowResultSchema = z.strictObject({ ...shown, model: z.enum(['legacy', 'external']) });

/** `result` of `webhook set --json`. */
export const webhookSetResultSchema = z.strictObject({ ...shown, changed: z.boolean() });

/** `result` of `webhook test --json`. */
export const webhookTestResultSchema = z.strictObject({
  organizationId: z.string(),
  namedCredential: z.string(),
  deliveryId: z.string().describe('In the payload of the test event.'),
  statusCode: z.number().int().optional().describe('Absent if no answer came.'),
  detail: z.string().describe('Reason phrase, or why no answer came.'),
  reached: z.boolean().describe('Whether the answer was 2xx.'),
});

/** `result` of `webhook secret --json`. */
export const webhookSecretResultSchema = z.strictObject({
  organizationId: z.string(),
  setting: z.string().describe('API name of the custom setting that holds it.'),
  fingerprint: z.string().describe('First 12 hexadecimal digits of the SHA-256 of the secret.'),
  changed: z.boolean(),
  made: z.boolean().describe('Whether the secret is new, and the file with it.'),
});

export type WebhookSecretResult = z.infer<typeof webhookSecretResultSchema>;
export type WebhookShowResult = z.infer<typeof webhookShowResultSchema>;
export type WebhookSetResult = z.infer<typeof webhookSetResultSchema>;
export type WebhookTestResult = z.infer<typeof webhookTestResultSchema>;
