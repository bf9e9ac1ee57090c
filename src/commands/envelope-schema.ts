import { z } from 'zod';

import { errorCodes } from '../errors/error-codes.ts';

/**
 * The document of `--json` around one command's result; published under schemas/.
 * @param result schema of the command's `result`
 */
export function envelopeSchema(result: z.ZodType): z.ZodType {
  return z.strictObject({
    schemaVersion: z.literal(1),
    status: z.enum(['ok', 'error', 'pending', 'partial']),
    result: result.nullable(),
    warnings: z.array(z.string()),
    error: z
      .strictObject({
        code: z.enum(Object.keys(errorCodes) as [string, ...string[]]),
        category: z.string(),
        message: z.string(),
        details: z.record(z.string(), z.unknown()).optional(),
        nextSteps: z.array(z.string()),
        docsUrl: z.string().optional(),
      })
      .optional(),
  });
}
