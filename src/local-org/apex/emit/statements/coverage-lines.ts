import type { Statement } from '../../parse/ast.ts';
import { pathOf } from '../../check/expressions/check-names.ts';
import type { Emitter } from '../emitter.ts';

/** `System.debug(…)` counts for nothing (Apex Developer Guide, "Code Coverage Best Practices"). */
function isDebug(statement: Statement): boolean {
  if (statement.kind !== 'expression' || statement.expression.kind !== 'call') return false;
  const { target, name } = statement.expression;
  const path = target === undefined ? undefined : pathOf(target)?.join('.').toLowerCase();
  return name.text.toLowerCase() === 'debug' && (path === 'system' || path === 'system.system');
}

/**
 * Whether the line of a statement counts for coverage: executable statements do; declarations without a value, blocks and
 * `System.debug` do not.
 */
export function countsForCoverage(emitter: Emitter, statement: Statement): boolean {
  if (emitter.code.isTest || isDebug(statement)) return false;
  if (statement.kind === 'locals') return statement.variables.some((one) => one.initializer !== undefined);
  return statement.kind !== 'try';
}
