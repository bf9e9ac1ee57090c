import { groupTitles, type Check, type CheckGroup } from '../../diagnose/check.ts';
import type { FindingStatus, Remedy } from '../../diagnose/finding.ts';
import type { Result } from '../../diagnose/run/run-checks.ts';
import type { Symptom } from '../../diagnose/symptoms/symptoms.ts';
import type { Colour } from '../../terminal/colour-level.ts';
import { safeText } from '../../terminal/safe-text.ts';
import { table } from '../../terminal/table.ts';
import { wrap } from '../../terminal/wrap.ts';

/** How findings are drawn. */
export interface Drawing {
  colour: Colour;
  /** Width of the screen; 0 for none. */
  columns: number;
  /** Passed and skipped checks are shown one by one, too. */
  all: boolean;
  /** The flag that names the org again, for commands that are printed. */
  target: string;
}

const marks: Readonly<Record<FindingStatus, string>> = { pass: '✓', skip: '·', warn: '!', fail: '✗', crash: '✗' };
/** Worst last. */
const badness: readonly FindingStatus[] = ['pass', 'skip', 'warn', 'fail', 'crash'];

function painted(status: FindingStatus, text: string, colour: Colour): string {
  const paint = { pass: colour.green, skip: colour.dim, warn: colour.yellow, fail: colour.red, crash: colour.red }[
    status
  ];
  return paint(text);
}

/** One group: a line for the whole, and one for each check that is not as it should be, worst last. */
export function groupText(group: CheckGroup, results: readonly Result[], drawing: Drawing): string {
  const { colour } = drawing;
  const counted = countsOf(results);
  const worst = badness.findLast((status) => counted[status] > 0) ?? 'pass';
  const counts = colour.dim(`${countsText(counted)}${reasonOfAll(results, drawing)}`);
  const head = wrap(
    `${painted(worst, marks[worst], colour)} ${colour.bold(groupTitles[group])}  ${counts}`,
    drawing.columns,
    '    ',
  );
  const shown = [...results]
    .filter(({ finding: { status } }) => drawing.all || (status !== 'pass' && status !== 'skip'))
    .sort((one, other) => badness.indexOf(one.finding.status) - badness.indexOf(other.finding.status));
  return [head, ...checkLines(shown, drawing)].join('\n');
}

/** Why a whole group was left out, where nothing else tells it. */
function reasonOfAll(results: readonly Result[], { all }: Drawing): string {
  const [reason, ...others] = new Set(results.map(({ finding }) => finding.summary));
  const leftOut = results.every(({ finding }) => finding.status === 'skip');
  return all || !leftOut || reason === undefined || others.length > 0 ? '' : `: ${safeText(reason)}`;
}

/** Checks as lines, each with its summary. */
export function checkLines(results: readonly Result[], { colour, columns }: Drawing): string[] {
  if (results.length === 0) return [];
  const rows = results.map(({ check, finding: { status, summary } }) => [
    `  ${painted(status, marks[status], colour)} ${check.id}`,
    status === 'pass' || status === 'skip' ? colour.dim(safeText(summary)) : safeText(summary),
  ]);
  return table(rows)
    .split('\n')
    .map((line) => wrap(line, columns, '      '));
}

/** What is to be mended, in full. @param causes the most likely first; it is printed last, where people look first */
export function detailsText(causes: readonly Result[], drawing: Drawing): string {
  return causes
    .toReversed()
    .map((result) => detailText(result, drawing))
    .join('\n\n');
}

function detailText({ check, finding }: Result, { colour, columns, target }: Drawing): string {
  const lines = [
    `${painted(finding.status, marks[finding.status], colour)} ${colour.bold(check.id)}  ${safeText(finding.summary)}`,
    colour.dim(`  ${check.why}`),
    ...finding.evidence.map((text) => `    ${safeText(text)}`),
    ...finding.remedy.map((remedy) => `  ${colour.cyan('→')} ${remedyText(remedy, target)}`),
  ];
  return lines.map((line) => wrap(line, columns, '    ')).join('\n');
}

/** What looks further than checks of an org do, where a symptom has such. */
export function nextText(symptom: Symptom | undefined, { colour, columns, target }: Drawing): string[] {
  const lines = (symptom?.next ?? []).map((remedy) => `  ${colour.cyan('→')} ${remedyText(remedy, target)}`);
  return lines.length === 0
    ? []
    : ['', 'What the org alone does not tell:', ...lines.map((line) => wrap(line, columns, '    '))];
}

/** What to do, with the command or link that does it. */
export function remedyText({ text, command, url }: Remedy, target: string): string {
  const does = command === undefined ? '' : `: ${withTarget(command, target)}`;
  return `${safeText(text)}${does}${url === undefined ? '' : ` ${safeText(url)}`}`;
}

/** A command of ours, meant for the same org; keys are of this machine and of no org. */
export function withTarget(command: string, target: string): string {
  const ofOrg = command.startsWith('opencx-sf ') && !command.startsWith('opencx-sf messaging keys ');
  return ofOrg && target !== '' ? `${command} ${target}` : command;
}

/** How many checks ended how. */
export function countsOf(results: readonly Result[]): Record<FindingStatus, number> {
  const counts = { pass: 0, skip: 0, warn: 0, fail: 0, crash: 0 };
  for (const { finding } of results) counts[finding.status] += 1;
  return counts;
}

export function countsText(counts: Readonly<Record<FindingStatus, number>>): string {
  const words: Readonly<Record<FindingStatus, string>> = {
    fail: 'failed',
    crash: 'crashed',
    warn: counts.warn === 1 ? 'warning' : 'warnings',
    pass: 'passed',
    skip: 'skipped',
  };
  return (['fail', 'crash', 'warn', 'pass', 'skip'] as const)
    .filter((status) => counts[status] > 0)
    .map((status) => `${counts[status]} ${words[status]}`)
    .join(', ');
}

/** The last line: how it stands, and what comes first. */
export function summaryText(
  results: readonly Result[],
  causes: readonly Result[],
  { colour, columns }: Drawing,
): string {
  const counts = countsOf(results);
  const [first] = causes;
  const status = counts.fail + counts.crash > 0 ? 'fail' : counts.warn > 0 ? 'warn' : 'pass';
  const cause = first === undefined || status !== 'fail' ? '' : ` Begin with ${first.check.id}.`;
  return wrap(`${painted(status, marks[status], colour)} ${countsText(counts)}.${cause}`, columns, '  ');
}

/** Prints groups in their order, each as soon as all of its checks have ended. */
export function groupPrinter(
  selected: readonly Check[],
  drawing: Drawing,
  print: (text: string) => void,
): (result: Result) => void {
  const waiting = [...new Set(selected.map(({ group }) => group))];
  const found: Result[] = [];
  return (result) => {
    found.push(result);
    for (;;) {
      const [group] = waiting;
      if (group === undefined) return;
      const all = selected.filter((check) => check.group === group);
      const ended = all.flatMap((check) => found.find((one) => one.check.id === check.id) ?? []);
      if (ended.length < all.length) return;
      waiting.shift();
      print(groupText(group, ended, drawing));
    }
  };
}
