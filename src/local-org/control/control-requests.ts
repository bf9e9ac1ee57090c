import { z } from 'zod';

import { certificateKey } from '../oauth/clients/client-certificate.ts';

const matchSchema = z.strictObject({
  method: z.string().optional(),
  /** Regular expression on the path with its query, leading slashes collapsed. */
  path: z.string().refine(isPattern, 'is no regular expression'),
  /** Regular expression on the body. */
  body: z.string().refine(isPattern, 'is no regular expression').optional(),
});
const common = {
  match: matchSchema,
  /** Matching requests let through before the fault begins. */
  after: z.number().int().min(0).default(0),
  /** How many requests it hits; absent means all. */
  times: z.number().int().min(1).optional(),
};

/** What a test asks for. */
const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('status'),
    status: z.number().int().min(200).max(599),
    body: z.string().default(''),
    contentType: z.string().default('application/json'),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('html'),
    status: z.number().int().min(200).max(599).default(503),
    body: z
      .string()
      .default('<html><head><title>Maintenance</title></head><body>We are down for maintenance.</body></html>'),
  }),
  z.strictObject({ ...common, kind: z.literal('drop') }),
  z.strictObject({ ...common, kind: z.literal('drop-after') }),
  z.strictObject({ ...common, kind: z.literal('delay'), ms: z.number().int().min(0).max(600_000) }),
]);

export type Fault = z.infer<typeof faultSchema>;

const settingsSchema = z
  .strictObject({
    kind: z.enum(['developer', 'sandbox', 'production']),
    deployPace: z.strictObject({ queueMs: z.number().min(0), componentMs: z.number().min(0) }),
    metadataRestEnabled: z.boolean(),
    activationDelayMs: z.number().int().min(0),
    allowDeployWithPendingJobs: z.boolean(),
  })
  .partial();

const clientSchema = z
  .strictObject({
    clientId: z.string().min(1),
    secret: z.string().min(1).optional(),
    certificate: z.string().check(readableCertificate).optional(),
    callbackUrls: z.array(z.url()).optional(),
    runAs: z.string().optional(),
    pkceRequired: z.boolean().optional(),
    secretRequiredForWebServerFlow: z.boolean().optional(),
    secretRequiredForRefreshToken: z.boolean().optional(),
    permittedUsers: z.enum(['AllSelfAuthorized', 'AdminApprovedPreAuthorized']).optional(),
    /** Usernames; who gives them means AdminApprovedPreAuthorized. */
    preAuthorizedUsers: z.array(z.string()).optional(),
  })
  .refine(({ permittedUsers, preAuthorizedUsers }) => permittedUsers !== 'AllSelfAuthorized' || !preAuthorizedUsers, {
    path: ['preAuthorizedUsers'],
    message: 'does not go with permittedUsers AllSelfAuthorized',
  });

const sessionSchema = z.strictObject({ username: z.string().optional(), lifetimeSeconds: z.number().optional() });
const revokeSchema = z.strictObject({ token: z.string().optional(), username: z.string().optional() });

const SCHEMAS = {
  fault: faultSchema,
  settings: settingsSchema,
  client: clientSchema,
  session: sessionSchema,
  revocation: revokeSchema,
} as const;

/** What each control request carries. */
export type ControlRequests = { [K in keyof typeof SCHEMAS]: z.infer<(typeof SCHEMAS)[K]> };

/** Checks a control request's body; without a value the problem says what is wrong with it, by path. */
export function readControlRequest<K extends keyof ControlRequests>(
  kind: K,
  body: unknown,
): { value: ControlRequests[K] | undefined; problem: string } {
  const result = SCHEMAS[kind].safeParse(body);
  if (result.success) return { value: result.data as ControlRequests[K], problem: '' };
  return { value: undefined, problem: z.prettifyError(result.error) };
}

function readableCertificate({ value, issues }: z.core.ParsePayload<string>): void {
  try {
    certificateKey(value);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    issues.push({ code: 'custom', message, input: value });
  }
}

function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'su') instanceof RegExp;
  } catch {
    return false;
  }
}
