import { describeChange, type Change } from '../../provision/setup/plan/change.ts';
import { changingSteps, countChanges } from '../../provision/setup/plan/plan-setup.ts';
import type { ManualTask, SetupPlan, StepPlan } from '../../provision/setup/plan/setup-plan.ts';
import type { Colour } from '../../terminal/colour-level.ts';
import { safeText } from '../../terminal/safe-text.ts';
import { wrap } from '../../terminal/wrap.ts';

/** A plan as people read it: step by step, what would be written, what is missing, what is left to them. */
export function planText(plan: SetupPlan, colour: Colour, columns: number): string {
  const lines = [
    ...plan.steps.flatMap((step) => stepLines(step, colour)),
    '',
    summary(plan, colour),
    ...taskTitles(manualTasks(plan)),
  ];
  return lines.map((line) => wrap(line, columns, '      ')).join('\n');
}

const marks = { unchanged: '✓', change: '~', blocked: '!', off: '·' } as const;

function stepLines(step: StepPlan, colour: Colour): string[] {
  const paint = { unchanged: colour.green, change: colour.cyan, blocked: colour.yellow, off: colour.dim }[step.status];
  const words = { unchanged: '', change: '', blocked: ' (cannot be done yet)', off: ' (not wanted)' }[step.status];
  return [
    paint(`${marks[step.status]} ${step.title}${words}`),
    ...step.blockers.map((text) => `    ${colour.yellow('!')} ${safeText(text)}`),
    ...step.changes.flatMap((change) => changeLines(change, colour)),
    ...step.notes.map((text) => colour.dim(`    ${safeText(text)}`)),
  ];
}

function changeLines(change: Change, colour: Colour): string[] {
  if (change.kind !== 'deploy') {
    const permanent = change.kind === 'settings' && change.permanent === true;
    const line = `    ${sign(change)} ${safeText(describeChange(change))}`;
    return [permanent ? colour.yellow(line) : line];
  }
  return change.components.map((one) => {
    const differences = one.differences.length === 0 ? '' : colour.dim(` (${safeText(one.differences.join(', '))})`);
    return `    ${one.action === 'create' ? '+' : '~'} ${one.type} ${safeText(one.fullName)}${differences}`;
  });
}

function sign({ kind }: Change): string {
  if (kind === 'create-record' || kind === 'add-routing-addresses' || kind === 'clone-profile') return '+';
  return kind === 'delete-record' || kind === 'remove-components' ? '-' : '~';
}

function summary(plan: SetupPlan, colour: Colour): string {
  const blocked = plan.steps.filter(({ status }) => status === 'blocked').length;
  const changes = countChanges(plan);
  const cost = `${plan.requests} requests to the org, nothing was written.`;
  const waits = blocked === 0 ? '' : ` ${blocked} ${blocked === 1 ? 'step waits' : 'steps wait'} for you.`;
  if (changes === 0) return `${colour.green('✓')} nothing to do.${waits} ${cost}`;
  const steps = changingSteps(plan).length;
  return `${changes} ${changes === 1 ? 'change' : 'changes'} in ${steps} ${steps === 1 ? 'step' : 'steps'}.${waits} ${cost}`;
}

/** Everything of a plan that only a person can do, in the order of the steps. */
export function manualTasks(plan: SetupPlan): ManualTask[] {
  return plan.steps.flatMap(({ manual }) => manual);
}

/** A plan names what will be left; how it is done is told once it has to be. */
function taskTitles(tasks: readonly ManualTask[]): string[] {
  return tasks.length === 0 ? [] : ['', 'Then for you:', ...tasks.map(({ title }) => `  ${safeText(title)}`)];
}

/** The list of what a person must still do, each with its link and how it will be seen to be done. */
export function tasksText(tasks: readonly ManualTask[], colour: Colour): string[] {
  if (tasks.length === 0) return [];
  return [
    '',
    colour.bold('Left for you:'),
    ...tasks.flatMap((task, index) => [
      `${index + 1}. ${safeText(task.title)}`,
      ...task.steps.map((step) => `   · ${safeText(step)}`),
      ...(task.url === undefined ? [] : [`   ${colour.dim(task.url)}`]),
      colour.dim(`   Done when ${safeText(task.seenBy)}.`),
    ]),
  ];
}
