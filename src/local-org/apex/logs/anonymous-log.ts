import type { OrgState } from '../../state/org-state.ts';
import type { AnonymousRequest } from '../anonymous.ts';
import { openLog } from './log-of-transaction.ts';
import type { TransactionLog } from './log-of-transaction.ts';

/** Opens the log of a block of anonymous Apex: its text repeats the block. */
export function openAnonymousLog(org: OrgState, request: AnonymousRequest): TransactionLog {
  const { userId, apiVersion, source, debugLevels, operation = 'executeAnonymous' } = request;
  return openLog(org, {
    userId,
    operation,
    request: 'Api',
    requested: debugLevels,
    apiVersion,
    anonymousSource: source,
    codeUnit: 'execute_anonymous_apex',
  });
}
