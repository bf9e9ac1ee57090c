import type { Envelope } from './envelope.ts';
import { createRedactor } from './redact.ts';

/**
 * Prints a usage error as the one document of `--json`. A command line that cannot be parsed has no terminal of its own yet.
 * @param message what is wrong with the command line
 */
export function printUsageDocument(message: string): void {
  const document: Envelope = {
    schemaVersion: 1,
    status: 'error',
    result: null,
    warnings: [],
    error: { code: 'USAGE', category: 'usage', message, nextSteps: ['opencx-sf --help lists commands and flags.'] },
  };
  process.stdout.write(`${JSON.stringify(createRedactor().redactValue(document), null, 2)}\n`);
}
