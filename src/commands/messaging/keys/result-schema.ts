import { z } from 'zod';

const certificate = z.strictObject({
  fingerprint: z.string().describe('SHA-256, as `openssl x509 -fingerprint -sha256` prints it.'),
  notBefore: z.string(),
  notAfter: z.string(),
  daysLeft: z.number().int(),
});

const fingerprint = z.string().describe('SHA-256 of the public key (SPKI, DER), hexadecimal.');

/** `result` of `messaging keys generate --json`. The private key stands in its file alone. */
export const keysGenerateResultSchema = z.strictObject({
  folder: z.string(),
  kid: z.string().describe('The Auth Key ID of OpenCX.'),
  algorithm: z.string(),
  bits: z.number().int(),
  fingerprint,
  certificate,
  encrypted: z.boolean().describe('Whether the file of the private key is.'),
  issuer: z.string().nullable().describe('`iss` of the keyset; null where none was given, and no keyset was written.'),
  files: z.array(z.strictObject({ path: z.string(), purpose: z.string() })),
  replaced: z
    .strictObject({ kid: z.string(), folder: z.string() })
    .optional()
    .describe('The key before, with --rotate: still in the keyset.'),
});

/** `result` of `messaging keys rotate --json`: the new key, or what --remove-old took away. */
export const keysRotateResultSchema = z.union([
  keysGenerateResultSchema,
  z.strictObject({ folder: z.string(), removed: z.array(z.string()) }),
]);

/** `result` of `messaging keys show --json`. */
export const keysShowResultSchema = z.strictObject({
  folder: z.string(),
  issuer: z.string().nullable(),
  keys: z.array(
    z.strictObject({
      state: z.enum(['current', 'old']),
      folder: z.string(),
      kid: z.string().optional(),
      algorithm: z.string().optional(),
      bits: z.number().int().optional(),
      fingerprint: fingerprint.optional(),
      certificate: certificate.optional(),
      encrypted: z.boolean().optional().describe('Absent where there is no private key.'),
      unread: z.array(z.string()).describe('Files that told nothing, and why.'),
    }),
  ),
});

/** `result` of `messaging keys check --json`. */
export const keysCheckResultSchema = z.strictObject({
  folder: z.string().nullable().describe('Null where files were named.'),
  findings: z.array(
    z.strictObject({
      check: z.string(),
      status: z.enum(['pass', 'warn', 'fail']),
      summary: z.string(),
      remedy: z.string().optional(),
    }),
  ),
  fixed: z.array(z.string()).describe('Files that --fix has written.'),
});

export type KeysGenerateResult = z.infer<typeof keysGenerateResultSchema>;
export type KeysRotateResult = z.infer<typeof keysRotateResultSchema>;
export type KeysShowResult = z.infer<typeof keysShowResultSchema>;
export type KeysCheckResult = z.infer<typeof keysCheckResultSchema>;
