import { groupTitles, type Check } from '../../diagnose/check.ts';
import { exitCodes } from '../../errors/exit-codes.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { wrap } from '../../terminal/wrap.ts';
import type { VerifyList } from './result-schema.ts';

/** `verify --list`: the checks and why each matters; no org is asked. */
export function listChecks({ terminal }: CommandContext, selected: readonly Check[]): CommandResult<VerifyList> {
  const { outColour: colour, outColumns: columns } = terminal;
  const groups = Map.groupBy(selected, ({ group }) => group);
  const lines = [...groups].flatMap(([group, checks]) => [
    colour.bold(groupTitles[group]),
    ...checks.flatMap(({ id, title, why }) => [
      wrap(`  ${colour.cyan(id)}  ${title}`, columns, '    '),
      wrap(colour.dim(`    ${why}`), columns, '    '),
    ]),
  ]);
  return {
    status: 'ok',
    exitCode: exitCodes.done,
    result: {
      checks: selected.map(({ id, title, group, why, mending, reads, requires, fix }) => ({
        id,
        title,
        group,
        why,
        mending,
        reads: reads.map(({ what }) => what),
        requires: [...requires],
        fixable: fix !== undefined,
      })),
    },
    warnings: [],
    text: lines.join('\n'),
  };
}
