import { z } from 'zod';

import type { MailSettingsChange } from '../mail/mail-settings.ts';
import type { RoutingAddressInit } from '../mail/routing/routing-address.ts';

const settingsSchema = z
  .strictObject({
    deliverability: z.enum(['all', 'system', 'none']),
    verifiedDomains: z.array(z.string().min(1)),
    verifyDomains: z.boolean(),
    substituteFrom: z.boolean(),
    emailToCase: z.boolean(),
    useEmailHeadersForThreading: z.boolean(),
    smtpRelay: z.strictObject({ host: z.string().min(1), port: z.number().int().min(1).max(65_535) }).nullable(),
  })
  .partial();

const routingAddressSchema = z
  .strictObject({
    routingName: z.string().min(1),
    emailAddress: z.string().min(1),
    saveEmailHeaders: z.boolean(),
    createTask: z.boolean(),
    caseOwner: z.string(),
    caseOwnerType: z.enum(['User', 'Queue']),
    casePriority: z.string(),
    caseOrigin: z.string(),
    authorizedSenders: z.string(),
    addressType: z.literal('EmailToCase'),
    isVerified: z.boolean(),
  })
  .partial();

const verificationSchema = z.strictObject({ isVerified: z.boolean() });

const bounceSchema = z.strictObject({ emailMessageId: z.string().optional() });

const SCHEMAS = {
  settings: settingsSchema,
  routingAddress: routingAddressSchema,
  verification: verificationSchema,
  bounce: bounceSchema,
} as const satisfies Record<keyof MailRequests, z.ZodType>;

/** What each control request on mail carries: JSON has no undefined, so what is left out is not there. */
export interface MailRequests {
  readonly settings: MailSettingsChange;
  readonly routingAddress: Partial<RoutingAddressInit>;
  readonly verification: { readonly isVerified: boolean };
  readonly bounce: { readonly emailMessageId?: string };
}

/** Checks a control request's body; without a value the problem says what is wrong with it, by path. */
export function readMailRequest<K extends keyof MailRequests>(
  kind: K,
  body: unknown,
): { value: MailRequests[K] | undefined; problem: string } {
  const result = SCHEMAS[kind].safeParse(body);
  if (result.success) return { value: result.data as MailRequests[K], problem: '' };
  return { value: undefined, problem: z.prettifyError(result.error) };
}
