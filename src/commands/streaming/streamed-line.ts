import type { Envelope } from '../../terminal/envelope.ts';
import type { Terminal } from '../../terminal/terminal.ts';

/** One line of NDJSON before the last one, which is the command's own result. @param warnings what is not as it should be, in words */
export function streamedLine(terminal: Terminal, result: object, warnings: readonly string[] = []): void {
  terminal.document({ schemaVersion: 1, status: 'ok', result, warnings: [...warnings] } satisfies Envelope, true);
}
