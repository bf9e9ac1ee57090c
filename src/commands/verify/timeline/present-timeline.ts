import { durationText } from '../../../diagnose/timeline/duration-text.ts';
import type { StageReport, StageStatus } from '../../../diagnose/timeline/stage.ts';
import type { Remedy } from '../../../diagnose/finding.ts';
import type { Colour } from '../../../terminal/colour-level.ts';
import { safeText } from '../../../terminal/safe-text.ts';
import { table } from '../../../terminal/table.ts';
import { wrap } from '../../../terminal/wrap.ts';

/**
 * One line a stage: mark, title, how long, what. Below those that are not done, what was seen and what mends it.
 * @param target the flag that names the org again, for commands
 */
export function timelineText(reports: readonly StageReport[], target: string, colour: Colour, columns: number): string {
  const lines = table(
    reports.map((report) => [
      markOf(report.status, colour),
      report.title,
      colour.dim(durationText(report.durationMs)),
      safeText(report.detail).replaceAll('\n', ' '),
    ]),
  ).split('\n');
  return reports
    .flatMap((report, index) => [
      lines[index] ?? '',
      ...(report.status === 'done' ? [] : reasonLines(report, target, colour)),
    ])
    .map((line) => wrap(line, columns, '      '))
    .join('\n');
}

function markOf(status: StageStatus, colour: Colour): string {
  switch (status) {
    case 'done':
      return colour.green('✓');
    case 'failed':
      return colour.red('✗');
    case 'waiting':
      return colour.yellow('…');
    case 'skipped':
      return colour.dim('·');
  }
}

function reasonLines({ evidence, remedy }: StageReport, target: string, colour: Colour): string[] {
  return [
    ...evidence.map((line) => colour.dim(`    ${safeText(line).replaceAll('\n', ' ')}`)),
    ...remedy.map((one) => `    ${colour.cyan('→')} ${remedyText(one, target)}`),
  ];
}

/** What to do, and the command that does it for the same org. */
export function remedyText({ text, command, url }: Remedy, target: string): string {
  const runnable =
    command === undefined || command.includes('--target-org') ? command : `${command} ${target}`.trimEnd();
  return [safeText(text), runnable, url].filter((part) => part !== undefined).join('  ');
}
