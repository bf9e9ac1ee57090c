import type { Envelope } from '../../terminal/envelope.ts';
import type { Terminal } from '../../terminal/terminal.ts';

/** One line of NDJSON before the last one, which is the command's own result. */
export function streamedLine(terminal: Terminal, result: object): void {
  terminal.document({ schemaVersion: 1, status: 'ok', result, warnings: [] } satisfies Envelope, true);
}
