import { isUserMode } from '../../library/core/access-level.ts';
import type { Run } from '../../run/run.ts';
import type { Value } from '../../values/value.ts';
import { runQuery } from './query.ts';
import type { AccessMode, Bind, QueryAnswer } from './query.ts';

/** The mode an `AccessLevel` argument asks for; Apex runs in system mode if there is none. */
export function accessModeOf(level: Value | undefined): AccessMode {
  return isUserMode(level) ? 'user' : 'system';
}

/**
 * Runs a query whose text is only known now (`Database.query`).
 * @param bind finds the variables its text names among those in scope
 * @throws ApexThrown System.QueryException; System.LimitException
 */
export function dynamicQuery(run: Run, soql: string, bind: Bind, accessLevel?: Value): QueryAnswer {
  return runQuery(run, soql, bind, { access: accessModeOf(accessLevel) });
}
