import type { StepOutcome } from '../../../provision/setup/apply/setup-outcome.ts';
import type { ManualTask } from '../../../provision/setup/plan/setup-plan.ts';
import { safeText } from '../../../terminal/safe-text.ts';
import { wrap } from '../../../terminal/wrap.ts';
import type { CommandContext } from '../../command-context.ts';
import { tasksText } from '../../setup/present-plan.ts';
import type { MessagingRegisterResult } from './result-schema.ts';

/** What the org says after a registration, for people. */
export function registeredText(
  { terminal }: CommandContext,
  result: MessagingRegisterResult,
  steps: readonly StepOutcome[],
  manual: readonly ManualTask[],
): string {
  const { outColour: colour, outColumns: columns } = terminal;
  const lines = [
    headLine(steps, colour.green('✓')),
    ...stateLines(result),
    ...tasksText(manual, colour),
    ...(result.published === 'now' ? ['', 'A publication takes up to 10 minutes to arrive.'] : []),
  ];
  return lines.map((line) => wrap(line, columns, '      ')).join('\n');
}

function headLine(steps: readonly StepOutcome[], good: string): string {
  const step = steps.find(({ id }) => id === 'messaging');
  if (step?.status === 'done') return `${good} registered, and read back.`;
  if (step?.status === 'unchanged') return `${good} unchanged: the org has it all; nothing was written.`;
  return 'Not registered.';
}

function stateLines({ kid, registration, published }: MessagingRegisterResult): string[] {
  if (registration === null) return [];
  const { deployment, channel, keyset, parameters } = registration;
  return [
    ...(kid === null ? [] : [`  Key            ${safeText(kid)} (the Auth Key ID of OpenCX)`]),
    ...(keyset === undefined
      ? []
      : [
          `  Keyset         ${safeText(keyset.name)}, issuer ${safeText(keyset.issuer)}, keys ${safeText(keyset.keys.join(', '))}`,
        ]),
    ...(channel === undefined ? [] : [`  Channel        ${channelText(channel, keyset?.enabled === true)}`]),
    ...(deployment === undefined
      ? []
      : [`  Deployment     ${safeText(deployment.name)} (${safeText(deployment.type)})${publishedText[published]}`]),
    ...(channel === undefined ? [] : parameters.map(parameterLine)),
  ];
}

const publishedText = { now: ', published now', unchanged: '', not: ', not published by this run' } as const;

function channelText(
  { name, isActive, authMode, flow }: NonNullable<NonNullable<MessagingRegisterResult['registration']>['channel']>,
  verifies: boolean,
): string {
  return [
    safeText(name),
    isActive ? 'active' : 'not active',
    `authMode ${safeText(authMode)}`,
    verifies ? 'verifies by the keyset' : 'does not verify by the keyset',
    flow === undefined ? 'routes by no flow' : `routes by ${safeText(flow)}`,
  ].join(', ');
}

function parameterLine({
  name,
  present,
  variables,
}: NonNullable<MessagingRegisterResult['registration']>['parameters'][number]): string {
  const where = !present ? 'missing' : variables.length === 0 ? 'not mapped' : `→ ${safeText(variables.join(', '))}`;
  return `  Parameter      ${safeText(name)} ${where}`;
}
