import { OpencxError } from '../../errors/opencx-error.ts';
import type { DeployOutcome, LeftRunning } from '../../provision/deploy/deploy-outcome.ts';
import type { DeployPlan } from '../../provision/plan/plan.ts';
import type { DeployStatus } from '../../salesforce/metadata/deploy-status.ts';
import type { OrgIdentity } from '../../salesforce/org.ts';
import type { Colour } from '../../terminal/colour-level.ts';
import { safeText } from '../../terminal/safe-text.ts';
import { table } from '../../terminal/table.ts';

/** The command line that takes a deployment up again, with the target it was started with. */
export function resumeCommand(id: string, target: string): string {
  return `opencx-sf deploy-apex ${target} --resume ${id}`;
}

/** The text of the result for people. */
export function outcomeText(outcome: DeployOutcome, org: OrgIdentity, colour: Colour): string {
  switch (outcome.kind) {
    case 'unchanged':
      return `${colour.green('✓')} unchanged: ${safeText(org.name)} already holds all ${outcome.plan.items.length} components; nothing was deployed.`;
    case 'planned':
      return planText(outcome.plan, colour);
    case 'succeeded': {
      const rows = outcome.messages
        .filter((one) => one.fullName !== 'package.xml')
        .map((one) => [colour.green('✓'), one.state, safeText(one.type), safeText(one.fullName)]);
      const end =
        outcome.readBack === undefined
          ? 'The org reports success; it was not read back.'
          : readBackLine(outcome.readBack.ok, colour);
      return [...(rows.length === 0 ? [] : [table(rows)]), ...testLines(outcome.status, colour), end].join('\n');
    }
    case 'validated':
      return [
        `${colour.green('✓')} valid: ${outcome.status.components.total} components checked, nothing kept.`,
        ...testLines(outcome.status, colour),
        outcome.quickDeployable
          ? `Deploy it within ten days, before anything else, without running the tests again: --quick ${outcome.id}`
          : 'No tests ran, so --quick cannot deploy it.',
      ].join('\n');
    case 'failed':
      return testLines(outcome.status, colour).join('\n');
    case 'canceled':
      return `Deployment ${outcome.id} was canceled; the org is as it was.`;
    case 'left-running':
      return '';
  }
}

function readBackLine(ok: boolean, colour: Colour): string {
  return ok
    ? `${colour.green('✓')} deployed and read back: triggers active, classes valid, endpoint and fields as planned.`
    : '';
}

function planText(plan: DeployPlan, colour: Colour): string {
  const rows = plan.items.map((item) => [
    marks[item.action],
    item.action,
    safeText(item.component.type),
    safeText(item.component.fullName),
    colour.dim(item.differences.join(', ')),
  ]);
  const rivals = plan.rivals.map((rival) => [
    colour.yellow('!'),
    'decide',
    'ApexTrigger',
    safeText(rival.trigger.name),
    colour.dim(safeText(rival.evidence)),
  ]);
  const changes = plan.items.filter((item) => item.action !== 'unchanged').length;
  const summary =
    changes + rivals.length === 0
      ? `${colour.green('✓')} unchanged: a deployment would do nothing.`
      : `${changes} of ${plan.items.length} components would be deployed. Nothing was changed.`;
  return [table([...rows, ...rivals]), summary].join('\n');
}

const marks = { create: '+', update: '~', adopt: '~', unchanged: '=' } as const;

function testLines(status: DeployStatus | undefined, colour: Colour): string[] {
  if (status === undefined || status.tests.total === 0) return [];
  const failures = status.testFailures.map((one) => [
    colour.red('✗'),
    safeText(`${one.className}.${one.methodName}`),
    safeText(one.message.split('\n')[0] ?? ''),
  ]);
  const lines = [
    ...(failures.length === 0 ? [] : [table(failures)]),
    `Tests: ${status.tests.completed} of ${status.tests.total} passed.`,
  ];
  const rows = status.coverage.map((one) => {
    const covered = one.lines === 0 ? 100 : Math.floor((100 * (one.lines - one.uncovered)) / one.lines);
    const text = `${covered} %`;
    return [
      '  ',
      safeText(one.name),
      covered >= 75 ? text : colour.red(text),
      colour.dim(one.uncoveredLines.slice(0, 12).join(' ')),
    ];
  });
  return rows.length === 0 ? lines : [...lines, table(rows)];
}

/** The error that stands for an end that is not success; undefined for the good ends. */
export function outcomeError(outcome: DeployOutcome, target: string): OpencxError | undefined {
  switch (outcome.kind) {
    case 'failed':
      return new OpencxError(outcome.status?.state === 'SucceededPartial' ? 'DEPLOY_PARTIAL' : 'DEPLOY_FAILED', {
        message: `The org refused the deployment${outcome.id === undefined ? '' : ` ${outcome.id}`}: ${outcome.reasons.join(' | ')}`,
        ...(outcome.id === undefined ? {} : { details: { deployId: outcome.id } }),
        nextSteps: failureSteps(outcome),
      });
    case 'left-running':
      return leftRunningError(outcome.id, outcome.left, target);
    case 'succeeded':
      if (outcome.readBack === undefined || outcome.readBack.ok) return undefined;
      return new OpencxError('READ_BACK_FAILED', {
        message: `The org reported success, but does not hold what was deployed: ${outcome.readBack.mismatches.join('; ')}.`,
        nextSteps: [
          'Run the same command with --force; if this stays, somebody or something else changes these components.',
        ],
      });
    case 'unchanged':
    case 'planned':
    case 'validated':
    case 'canceled':
      return undefined;
  }
}

function failureSteps(outcome: DeployOutcome & { kind: 'failed' }): string[] {
  const text = outcome.reasons.join(' ');
  if (/LOCAL_ORG_NOT_IMPLEMENTED/.test(text))
    return ['The local org does not do everything that Salesforce does: docs/local-org.md lists what it does.'];
  if (/jobs? pending|in progress/i.test(text))
    return [
      'A delivery of the class waits for its next attempt, for minutes at most: run the same command again then.',
    ];
  const kept = keptInOrg(outcome);
  if ((outcome.status?.testFailures.length ?? 0) > 0)
    return ["A trigger, a validation rule or a required field of the org often refuses the tests' records.", ...kept];
  if (/average test coverage/i.test(text))
    return [
      '--test-level RunSpecifiedTests runs our own test class alone: then only what is deployed is measured.',
      ...kept,
    ];
  return kept;
}

function keptInOrg(outcome: DeployOutcome & { kind: 'failed' }): string[] {
  const stayed = outcome.messages.filter((one) => one.state !== 'failed').map((one) => one.fullName);
  if (outcome.id !== undefined && outcome.status?.state !== 'SucceededPartial')
    return ['Nothing was kept in the org: a deployment is all or nothing.'];
  return stayed.length === 0 ? [] : [`These stay in the org: ${stayed.join(', ')}.`];
}

function leftRunningError(id: string, left: LeftRunning, target: string): OpencxError {
  const nextSteps = [resumeCommand(id, target), `opencx-sf deploy-apex ${target} --cancel ${id}`];
  const details = { deployId: id };
  switch (left.reason) {
    case 'async':
      return new OpencxError('DEPLOY_STILL_RUNNING', {
        message: `Deployment ${id} runs in the org.`,
        details,
        nextSteps,
      });
    case 'wait-over':
      return new OpencxError('DEPLOY_STILL_RUNNING', {
        message: `Deployment ${id} still runs in the org after ${Math.round(left.waitedMs / 6000) / 10} minutes of waiting. It goes on; this is no failure.`,
        details,
        nextSteps,
      });
    case 'interrupted':
      return new OpencxError('INTERRUPTED', {
        message: `Stopped watching. Deployment ${id} goes on in the org.`,
        details,
        nextSteps,
      });
    case 'lost-contact':
      return new OpencxError('DEPLOY_LOST_CONTACT', {
        message: `The org stopped answering (${left.code}: ${left.message}). Deployment ${id} may go on there.`,
        details: { ...details, salesforceErrorCode: left.code },
        nextSteps,
      });
    case 'refused':
      return new OpencxError(left.error.code, {
        message: `${left.error.message} Deployment ${id} goes on in the org.`,
        details: { ...left.error.details, ...details },
        nextSteps: [...left.error.nextSteps, ...nextSteps],
        cause: left.error,
      });
  }
}
