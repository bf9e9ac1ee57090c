import { openCheckContext } from '../../diagnose/check-context.ts';
import { checks } from '../../diagnose/registry.ts';
import { causesAmong } from '../../diagnose/run/causes.ts';
import { runChecks, type Result } from '../../diagnose/run/run-checks.ts';
import type { Config } from '../../config/config-schema.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { safeText } from '../../terminal/safe-text.ts';
import { wrap } from '../../terminal/wrap.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import type { Target } from '../target/open-target.ts';
import type { SetupResult } from '../setup/plan-schema.ts';
import { knownHere } from '../verify/known-here.ts';

/**
 * Runs all checks after a set-up that has changed something, and adds what does not hold to its end. What is left to a person
 * fails here as well, so it changes no exit code.
 */
export async function checkAfterwards(
  context: CommandContext,
  config: Config,
  target: Target,
  done: CommandResult<SetupResult>,
): Promise<CommandResult<SetupResult>> {
  if (!done.result.steps.some(({ status }) => status === 'done')) return done;
  try {
    return withChecks(context, target, done, await resultsOf(context, config, target));
  } catch (error) {
    if (!(error instanceof OpencxError)) throw error;
    // What was set up is told in any case.
    const warning =
      `The checks did not come to their end (${error.message}); opencx-sf verify ${target.flag}`.trimEnd();
    return { ...done, warnings: [...done.warnings, warning] };
  }
}

async function resultsOf(context: CommandContext, config: Config, target: Target): Promise<Result[]> {
  const { signal } = context;
  const opened = await openCheckContext(target.org, config, { ...(await knownHere(context, config, target)), signal });
  const results: Result[] = [];
  for await (const result of runChecks(checks, opened)) results.push(result);
  return results;
}

function withChecks(
  context: CommandContext,
  target: Target,
  done: CommandResult<SetupResult>,
  results: readonly Result[],
): CommandResult<SetupResult> {
  const order = checks.map(({ id }) => id);
  const causes = causesAmong(results, order);
  const passed = results.filter(({ finding }) => finding.status === 'pass').length;
  const notHolding = causes.map(({ check: { id }, finding: { status, summary } }) => ({ id, status, summary }));
  return {
    ...done,
    result: { ...done.result, checks: { passed, notHolding } },
    text: [done.text, '', ...textOf(context, passed, causes, target.flag)].join('\n'),
  };
}

function textOf({ terminal }: CommandContext, passed: number, causes: readonly Result[], target: string): string[] {
  const { outColour: colour, outColumns: columns } = terminal;
  const lines = causes.map(({ check, finding: { status, summary } }) =>
    wrap(
      `  ${status === 'warn' ? colour.yellow('!') : colour.red('✗')} ${check.id}  ${safeText(summary)}`,
      columns,
      '    ',
    ),
  );
  const more = `opencx-sf verify ${target}`.trimEnd();
  const wanting =
    causes.length === 0 ? '' : `, ${causes.length} ${causes.length === 1 ? 'does' : 'do'} not yet. ${more} says why`;
  return [`${colour.bold('Checked:')} ${passed} checks pass${wanting}.`, ...lines];
}
