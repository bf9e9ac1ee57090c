import { exitCodes } from '../../errors/exit-codes.ts';
import type { OpencxError } from '../../errors/opencx-error.ts';
import type { UpgradeDecision } from '../../provision/upgrade/decide-upgrade.ts';
import type { Org } from '../../salesforce/org.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { differencesText, shownText, summaryTable } from './present-upgrade.ts';
import type { UpgradeResult } from './result-schema.ts';
import { componentJson } from './upgrade-json.ts';

/**
 * The result of a run that changed nothing: the summary and all differences.
 * @param error why nothing was applied, though it was asked for
 */
export function shownResult(
  { terminal }: CommandContext,
  org: Org,
  decisions: readonly UpgradeDecision[],
  error?: OpencxError,
): CommandResult<UpgradeResult> {
  const colour = terminal.outColour;
  const parts = [
    summaryTable(decisions, colour),
    differencesText(decisions, colour),
    ...(error === undefined ? [shownText(decisions, colour)] : []),
  ];
  return {
    status: error === undefined ? 'ok' : 'error',
    exitCode: error?.exitCode ?? exitCodes.done,
    result: {
      outcome: error === undefined ? outcomeOf(decisions) : 'undecided',
      org: orgJson(org),
      components: decisions.map((decision) => componentJson(decision, colour)),
    },
    warnings: [],
    text: parts.filter((part) => part !== '').join('\n\n'),
    ...(error === undefined ? {} : { error }),
  };
}

function outcomeOf(decisions: readonly UpgradeDecision[]): 'unchanged' | 'shown' {
  return decisions.every((one) => one.action === 'leave') ? 'unchanged' : 'shown';
}

export function orgJson({ identity: { id, name, kind, instanceUrl } }: Org): UpgradeResult['org'] {
  return { id, name, kind, instanceUrl };
}
